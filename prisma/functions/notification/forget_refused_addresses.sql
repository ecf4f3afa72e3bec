-- Forgets that an address refused mail where no account has it: guests' addresses, and those of
-- accounts that are gone or have moved on. Locks the rows, skipping any that another sweep holds;
-- returns how many there were.
CREATE OR REPLACE FUNCTION forget_refused_addresses() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM mail_refusals WHERE address = ANY (ARRAY(
    SELECT m.address FROM mail_refusals m
     WHERE m.refused_at < now() - kept_for('refused-addresses')
       AND NOT EXISTS (SELECT FROM accounts a WHERE a.email = m.address)
     LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
