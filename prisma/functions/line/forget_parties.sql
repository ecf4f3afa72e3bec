-- Takes the account out of tickets of long ago. Locks them, skipping any that another sweep holds;
-- returns how many there were.
CREATE OR REPLACE FUNCTION forget_parties() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_tickets uuid[];
BEGIN
  v_tickets := ARRAY(
    SELECT t.id FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.account_id IS NOT NULL AND t.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', t.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY t.service_date LIMIT 1000 FOR UPDATE OF t SKIP LOCKED);
  UPDATE audit_events e SET actor_id = NULL, address = NULL
    FROM tickets t WHERE t.id = ANY (v_tickets) AND e.subject_id = t.id AND e.actor_id = t.account_id;
  UPDATE notices n SET account_id = NULL
    FROM tickets t WHERE t.id = ANY (v_tickets) AND n.subject_id = t.id AND n.account_id = t.account_id;
  UPDATE tickets SET account_id = NULL, asker_id = id, contact_forgotten_at = now() WHERE id = ANY (v_tickets);
  RETURN cardinality(v_tickets);
END
$$;
