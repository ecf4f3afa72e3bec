-- Forgets how the guests of these tickets could be reached: number, address, the phones that follow
-- the ticket, what was sent to them. The hash of the request goes too, because a phone number can be
-- guessed from it. Expects the tickets locked; returns how many numbers and addresses there were.
CREATE OR REPLACE FUNCTION forget_guests(p_tickets uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_contacts integer;
BEGIN
  SELECT coalesce(sum(num_nonnulls(contact_phone, contact_email)), 0) INTO v_contacts
    FROM tickets WHERE id = ANY (p_tickets);
  DELETE FROM guest_devices WHERE ticket_id = ANY (p_tickets);
  -- A restaurant's Slack is told about notices that can't be delivered.
  PERFORM empty_notices(p_notices => ARRAY(
    SELECT n.id FROM notices n WHERE n.subject_id = ANY (p_tickets) AND n.account_id IS NULL
    UNION
    SELECT t.id FROM notices t JOIN notices n ON n.event_id = t.event_id
     WHERE t.kind = 'DELIVERY_TROUBLE' AND n.subject_id = ANY (p_tickets) AND n.account_id IS NULL));
  UPDATE tickets SET contact_phone = NULL, contact_email = NULL, taken_hash = '', contact_forgotten_at = now()
   WHERE id = ANY (p_tickets);
  PERFORM count_forgotten(p_what => 'guest-contacts', p_count => v_contacts);
  RETURN v_contacts;
END
$$;
