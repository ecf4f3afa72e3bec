-- Whether a seated party counts as gone because its business day is over (G21): nobody has said that
-- it left, and the restaurant's date has moved on since it sat down. Readers see it before the sweep
-- has recorded it.
CREATE OR REPLACE FUNCTION is_seating_over(p_status reservation_status, p_seated_at timestamptz, p_time_zone text, p_day_cut_minutes integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN p_status = 'SEATED'
   AND service_date_at(p_seated_at, p_time_zone, p_day_cut_minutes) < service_date_at(now(), p_time_zone, p_day_cut_minutes);
