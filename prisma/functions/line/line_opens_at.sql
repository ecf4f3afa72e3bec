-- When the line of a restaurant next begins to take parties after an instant, within a month. Null:
-- not known.
CREATE OR REPLACE FUNCTION line_opens_at(p_restaurant uuid, p_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT min(h.from_at)
    FROM restaurants r
    CROSS JOIN generate_series(0, 31) AS days(ahead)
    CROSS JOIN line_hours(r.id, service_date_at(p_at, r.time_zone, r.day_cut_minutes) + days.ahead) AS h
   WHERE r.id = p_restaurant AND h.from_at > p_at
$$;
