-- The routes of a ticket's notices: as its account chose; without an account, to the phones that
-- follow it, or to the address that the guest left. A call goes to both: phone and address need not
-- be one person's. A guest with neither has only the ticket's page.
CREATE OR REPLACE FUNCTION ticket_routes(p_kind text, p_ticket uuid, p_account uuid, p_email text)
RETURNS TABLE (channel text, because text, recipient text)
LANGUAGE sql STABLE AS $$
  SELECT r.channel, r.because, a.email
    FROM accounts a CROSS JOIN LATERAL notice_routes(p_kind, a.id, NULL) AS r WHERE a.id = p_account
  UNION ALL
  SELECT 'PUSH', 'chosen', coalesce(p_email, 'device')
   WHERE p_account IS NULL AND EXISTS (SELECT FROM guest_devices d WHERE d.ticket_id = p_ticket)
  UNION ALL
  SELECT 'MAIL', 'no-account', p_email
   WHERE p_account IS NULL AND p_email IS NOT NULL
     AND (p_kind IN ('TICKET_CALLED', 'TICKET_LAST_CALLED')
          OR NOT EXISTS (SELECT FROM guest_devices d WHERE d.ticket_id = p_ticket))
$$;
