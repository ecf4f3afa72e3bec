-- Deletes reminders of openings that are over. Locks them, skipping any that another sweep holds; returns
-- how many there were.
CREATE OR REPLACE FUNCTION forget_opening_reminders() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM opening_reminders WHERE id = ANY (ARRAY(
    SELECT r.id FROM opening_reminders r JOIN openings o ON o.id = r.opening_id
     WHERE o.gate_until < now() - kept_for('opening-reminders')
     LIMIT 1000 FOR UPDATE OF r SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
