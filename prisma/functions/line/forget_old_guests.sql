-- Takes guests out of reservations and tickets of long ago, then forgets those of whom neither is left, not even
-- a reservation that they booked as diners, and who have not been written down lately; with each entry of the
-- guest book go all who are merged into it. Locks the reservations, the tickets, then the guests, skipping any
-- that another transaction holds; returns how many of all there were.
CREATE OR REPLACE FUNCTION forget_old_guests() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_reservations uuid[];
  v_tickets uuid[];
  v_guests uuid[];
BEGIN
  v_reservations := ARRAY(
    SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE v.guest_id IS NOT NULL AND v.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', v.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY v.service_date LIMIT 1000 FOR UPDATE OF v SKIP LOCKED);
  UPDATE reservations SET guest_id = NULL, tells_guest = false, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL
   WHERE id = ANY (v_reservations);
  v_tickets := ARRAY(
    SELECT t.id FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.guest_id IS NOT NULL AND t.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', t.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY t.service_date LIMIT 1000 FOR UPDATE OF t SKIP LOCKED);
  UPDATE tickets SET guest_id = NULL WHERE id = ANY (v_tickets);
  v_guests := ARRAY(
    SELECT g.id FROM guests g
     WHERE g.created_at < now() - kept_for('names') AND g.merged_into IS NULL
       AND NOT EXISTS (SELECT FROM guests m WHERE m.merged_into = g.id AND m.created_at >= now() - kept_for('names'))
       -- In this order: nearly all have one of their own, which is found at once.
       AND CASE WHEN EXISTS (SELECT FROM reservations v WHERE v.guest_id = g.id) THEN false
                ELSE NOT EXISTS (SELECT FROM reservations_of_guest(g.id)) END
       AND NOT EXISTS (SELECT FROM tickets t WHERE t.guest_id IN (SELECT guests_merged_with(p_guest => g.id)))
     ORDER BY g.created_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  DELETE FROM guests WHERE id = ANY (v_guests) OR merged_into = ANY (v_guests);
  RETURN cardinality(v_reservations) + cardinality(v_tickets) + cardinality(v_guests);
END
$$;
