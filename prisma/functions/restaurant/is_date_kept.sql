-- Whether something about a service date may still be kept: for that long after the date has ended,
-- at the day cut of the restaurant's next morning.
CREATE OR REPLACE FUNCTION is_date_kept(p_what text, p_date date, p_time_zone text, p_day_cut_minutes integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN p_date >= service_date_at(now() - kept_for(p_what), p_time_zone, p_day_cut_minutes);
