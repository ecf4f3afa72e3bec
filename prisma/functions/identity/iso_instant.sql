-- An instant as the API writes it: UTC, milliseconds, "Z".
CREATE OR REPLACE FUNCTION iso_instant(p_at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
