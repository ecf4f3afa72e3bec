-- Deletes keys that no client will retry (G4: at least 24 hours). Reads the table, which holds what two
-- days wrote, rather than have every write keep an index for it. Locks only their rows, skipping any that
-- another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_idempotency_keys() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at < now() - kept_for('idempotency-keys')
     LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
