-- The advisory lock at which the maker of a service date and the announcer of its opening meet,
-- held until the end of the transaction.
CREATE OR REPLACE FUNCTION lock_opening_date(p_restaurant uuid, p_date date) RETURNS void
LANGUAGE sql
RETURN pg_advisory_xact_lock(hashtextextended(p_restaurant::text || ' ' || p_date::text, 6));
