-- The restaurant's business day at an instant: the calendar date, in its zone, of (instant − day
-- cut). At 00:30 the evening's service is still today.
CREATE OR REPLACE FUNCTION service_date_at(p_at timestamptz, p_time_zone text, p_day_cut_minutes integer) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN ((p_at AT TIME ZONE p_time_zone) - make_interval(mins => p_day_cut_minutes))::date;
