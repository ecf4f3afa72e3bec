-- Takes the person out of reservations of long ago, and out of the entries with which they booked: the
-- restaurant's books keep the party, the table and the entry. Locks the reservations, skipping any
-- that another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_diners() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_reservations uuid[];
BEGIN
  v_reservations := ARRAY(
    SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE (v.diner_id IS NOT NULL OR v.note IS NOT NULL OR v.staff_note IS NOT NULL)
       AND v.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', v.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY v.service_date LIMIT 1000 FOR UPDATE OF v SKIP LOCKED);
  UPDATE audit_events e SET actor_id = NULL, address = NULL
    FROM reservations v
   WHERE v.id = ANY (v_reservations) AND e.subject_id = v.id AND e.actor_id = v.diner_id;
  UPDATE notices n SET account_id = NULL
    FROM reservations v WHERE v.id = ANY (v_reservations) AND n.subject_id = v.id AND n.account_id = v.diner_id;
  UPDATE reservations SET diner_id = NULL, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL
   WHERE id = ANY (v_reservations);
  UPDATE opening_entries e SET account_id = NULL
    FROM reservations v JOIN openings o ON o.restaurant_id = v.restaurant_id AND o.service_date = v.service_date
   WHERE v.id = ANY (v_reservations) AND e.opening_id = o.id AND e.entry_id = v.entry_id;
  RETURN cardinality(v_reservations);
END
$$;
