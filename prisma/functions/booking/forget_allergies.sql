-- Forgets what parties can't eat, on their reservations, in the notices about these and on day
-- sheets. A guest book will keep its own, by a consent of its own. Locks the rows, skipping any that
-- another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_allergies() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_reservations uuid[];
  v_notices uuid[];
BEGIN
  v_reservations := ARRAY(
    SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE v.allergies IS NOT NULL AND v.service_date < first_kept_date('allergies')
       AND NOT is_date_kept('allergies', v.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY v.service_date LIMIT 1000 FOR UPDATE OF v SKIP LOCKED);
  UPDATE reservations SET allergies = NULL WHERE id = ANY (v_reservations);
  -- Notices of a reservation are few; those of longer ago include the day sheets.
  v_notices := ARRAY(
    SELECT id FROM notices
     WHERE due_at < now() - kept_for('allergies') AND payload @? '$.**.allergies ? (@ != null)'
     ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  UPDATE notices SET payload = without_allergies(payload)
   WHERE id = ANY (v_notices)
      OR (subject_id = ANY (v_reservations) AND payload @? '$.**.allergies ? (@ != null)');
  RETURN cardinality(v_reservations) + cardinality(v_notices);
END
$$;
