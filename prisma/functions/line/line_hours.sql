-- The stretches of a service date in which its line takes parties: the restaurant's hours of that
-- weekday, each from the owner's margin before it but not before the date begins at the day cut. A
-- restaurant without written hours takes parties all day. None: it is closed that date.
CREATE OR REPLACE FUNCTION line_hours(p_restaurant uuid, p_date date) RETURNS TABLE (from_at timestamptz, to_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (p_date + make_interval(mins => greatest(
            coalesce(h.from_minutes - s.opens_before_minutes, 0), r.day_cut_minutes))) AT TIME ZONE r.time_zone,
         (p_date + make_interval(mins => coalesce(h.to_minutes, 1440 + r.day_cut_minutes))) AT TIME ZONE r.time_zone
    FROM restaurants r
    JOIN line_settings s ON s.restaurant_id = r.id
    LEFT JOIN restaurant_hours h ON h.restaurant_id = r.id AND h.weekday = extract(isodow FROM p_date)
   WHERE r.id = p_restaurant
     AND (h.weekday IS NOT NULL OR NOT EXISTS (SELECT FROM restaurant_hours o WHERE o.restaurant_id = r.id))
     AND NOT EXISTS (SELECT FROM restaurant_closures c WHERE c.restaurant_id = r.id AND c.closed_date = p_date)
     AND NOT EXISTS (SELECT FROM service_dates d
                      WHERE d.restaurant_id = r.id AND d.service_date = p_date AND d.closed)
$$;
