-- What a notice of an opening says of it. Names and contact facts are read anew when it is sent.
CREATE OR REPLACE FUNCTION opening_promise(p_opening openings) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
           'openingId', p_opening.id, 'serviceDate', p_opening.service_date, 'opensAt', iso_instant(p_opening.opens_at),
           'orderBy', p_opening.order_by, 'reason', p_opening.cancelled_for,
           'restaurant', jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'timeZone', r.time_zone))
    FROM restaurants r WHERE r.id = p_opening.restaurant_id
$$;
