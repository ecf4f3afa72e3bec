-- Deletes closings of tables that are long over: their reasons are staff's own words. Locks them,
-- skipping any that another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_table_closures() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM table_closures WHERE id = ANY (ARRAY(
    SELECT id FROM table_closures WHERE ends_at < now() - kept_for('staff-words')
     ORDER BY ends_at LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
