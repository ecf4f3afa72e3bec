-- Rounds minutes as people say them: exact up to ten, then to fives.
CREATE OR REPLACE FUNCTION say_minutes(p_minutes double precision) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_minutes < 10 THEN round(p_minutes::numeric) ELSE round((p_minutes / 5)::numeric) * 5 END;
