-- Tries the lock under which all reservations of one diner are judged and made; false: another
-- request of theirs has it. Never waits, held until the end of the transaction.
CREATE OR REPLACE FUNCTION try_lock_diner(p_diner uuid) RETURNS boolean
LANGUAGE sql VOLATILE
RETURN pg_try_advisory_xact_lock(hashtextextended(p_diner::text, 7));
