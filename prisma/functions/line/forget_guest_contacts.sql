-- Forgets the guests of service dates that are over. Locks their tickets, skipping any that another
-- sweep holds; returns how many tickets there were.
CREATE OR REPLACE FUNCTION forget_guest_contacts() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_tickets uuid[];
BEGIN
  v_tickets := ARRAY(
    SELECT t.id FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.account_id IS NULL AND t.contact_forgotten_at IS NULL
       AND t.service_date < first_kept_date('guest-contacts')
       AND NOT is_date_kept('guest-contacts', t.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY t.service_date LIMIT 1000 FOR UPDATE OF t SKIP LOCKED);
  PERFORM forget_guests(p_tickets => v_tickets);
  RETURN cardinality(v_tickets);
END
$$;
