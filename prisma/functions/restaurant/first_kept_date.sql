-- The first service date about which something may still be kept anywhere on earth; indexes are read
-- up to it, and is_date_kept judges each restaurant's own.
CREATE OR REPLACE FUNCTION first_kept_date(p_what text) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN ((now() - kept_for(p_what)) AT TIME ZONE 'UTC')::date + 1;
