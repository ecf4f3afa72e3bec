-- Whether the line of a service date takes parties at an instant. Its opening hours end it, although
-- those in line keep their places until the day's end.
CREATE OR REPLACE FUNCTION is_line_in_hours(p_restaurant uuid, p_date date, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT FROM line_hours(p_restaurant, p_date) AS h WHERE h.from_at <= p_at AND p_at < h.to_at)
$$;
