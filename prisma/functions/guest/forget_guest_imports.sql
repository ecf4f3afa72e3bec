-- Deletes imports of guest lists a day after they began: what their lines say of people is gone with each
-- verdict, and stays only where an import never ended. Locks them, skipping any that another sweep or a worker
-- holds; returns how many there were. An import has a hundred parts at most.
CREATE OR REPLACE FUNCTION forget_guest_imports() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM guest_imports WHERE id = ANY (ARRAY(
    SELECT id FROM guest_imports WHERE created_at < now() - kept_for('guest-imports')
     ORDER BY created_at LIMIT 20 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
