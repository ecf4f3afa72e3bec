-- The active ticket that a contact has in a line; null: none, or no contact. Each lookup has a unique
-- index of its own.
CREATE OR REPLACE FUNCTION find_contact_ticket(p_restaurant uuid, p_date date, p_phone text, p_email text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_ticket uuid;
BEGIN
  IF p_phone IS NOT NULL THEN
    SELECT id INTO v_ticket FROM tickets
     WHERE restaurant_id = p_restaurant AND service_date = p_date AND contact_phone = p_phone AND is_ticket_active(status);
  END IF;
  IF v_ticket IS NULL AND p_email IS NOT NULL THEN
    SELECT id INTO v_ticket FROM tickets
     WHERE restaurant_id = p_restaurant AND service_date = p_date AND mailbox_key(contact_email) = mailbox_key(p_email)
       AND is_ticket_active(status);
  END IF;
  RETURN v_ticket;
END
$$;
