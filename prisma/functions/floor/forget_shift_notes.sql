-- Deletes what one shift told the next about service dates that are long over. Locks the rows, skipping
-- any that another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_shift_notes() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM shift_notes WHERE (restaurant_id, service_date) IN (
    SELECT n.restaurant_id, n.service_date FROM shift_notes n JOIN restaurants r ON r.id = n.restaurant_id
     WHERE n.service_date < first_kept_date('staff-words')
       AND NOT is_date_kept('staff-words', n.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY n.service_date LIMIT 1000 FOR UPDATE OF n SKIP LOCKED);
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
