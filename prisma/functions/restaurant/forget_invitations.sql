-- Deletes invitations that are over: they name people who may never have had an account. Locks them,
-- skipping any that another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_invitations() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM staff_invitations WHERE id = ANY (ARRAY(
    SELECT id FROM staff_invitations WHERE expires_at < now() - kept_for('invitations')
     ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
