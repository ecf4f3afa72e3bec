-- Why nothing of an opening is to come any more: cancelled, hidden, over or sold_out. Null: there is.
CREATE OR REPLACE FUNCTION opening_outlook(p_opening uuid) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN o.cancelled_at IS NOT NULL THEN 'cancelled'
              WHEN NOT r.published OR r.deleted_at IS NOT NULL OR r.hidden_at IS NOT NULL THEN 'hidden'
              WHEN o.gate_until <= now() THEN 'over'
              WHEN o.drawn_at IS NOT NULL AND left_over.slots > 0 AND left_over.bookable = 0 THEN 'sold_out' END
    FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS slots, count(*) FILTER (
               WHERE NOT s.blocked AND s.starts_at > now() AND (NOT s.taken OR s.held_until IS NOT NULL)) AS bookable
        FROM slots s
       WHERE o.drawn_at IS NOT NULL AND s.restaurant_id = o.restaurant_id AND s.service_date = o.service_date
         AND s.deleted_at IS NULL) AS left_over
   WHERE o.id = p_opening
$$;
