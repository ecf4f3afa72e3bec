-- Mails the link of a ticket to the contact it was taken with once more, at most three times and five
-- minutes apart: somebody else may be typing that contact. The caller holds the line's row.
CREATE OR REPLACE FUNCTION remind_contact(p_ticket uuid, p_actor uuid, p_address text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_ticket record;
  v_told record;
  v_event uuid := gen_random_uuid();
BEGIN
  SELECT count(*) AS times, max(queued_at) AS last INTO v_told
    FROM notices WHERE subject_id = p_ticket AND kind = 'TICKET_TAKEN';
  -- None: its contact is a number, to which nothing is written.
  IF v_told.times NOT BETWEEN 1 AND 3 OR v_told.last > p_at - interval '5 minutes' THEN
    RETURN;
  END IF;
  SELECT t.restaurant_id, t.service_date, t.rank, t.status,
         acting_role(a.role, a.owner_approved_at, s.role) AS acting INTO v_ticket
    FROM tickets t LEFT JOIN accounts a ON a.id = p_actor
    LEFT JOIN restaurant_staff s ON s.restaurant_id = t.restaurant_id AND s.account_id = a.id
   WHERE t.id = p_ticket;
  INSERT INTO audit_events (id, at, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, from_status, to_status)
  VALUES (v_event, p_at, p_actor, coalesce(v_ticket.acting, 'SERVICE'), p_address,
          v_ticket.restaurant_id, 'TICKET', p_ticket, 'REMIND', v_ticket.status::text, v_ticket.status::text);
  PERFORM queue_ticket_notice(p_ticket, v_event, 'TICKET_TAKEN', p_at,
                              ticket_place(v_ticket.restaurant_id, v_ticket.service_date, v_ticket.rank, p_at));
END
$$;
