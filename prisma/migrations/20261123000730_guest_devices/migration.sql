-- notification: a guest's phone ------------------------------------------------------------------------
-- Browsers that hear of one ticket without an account. Whoever has the ticket's link may add theirs;
-- they hear of nothing else, and are forgotten after two days.
CREATE TABLE guest_devices (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  ticket_id uuid NOT NULL,
  endpoint text NOT NULL,
  p256dh text NOT NULL,
  auth text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT guest_devices_pkey PRIMARY KEY (id),
  CONSTRAINT guest_devices_endpoint_length CHECK (char_length(endpoint) BETWEEN 10 AND 1000),
  CONSTRAINT guest_devices_keys_shape CHECK (p256dh ~ '^[A-Za-z0-9_-]{87}$' AND auth ~ '^[A-Za-z0-9_-]{22}$'),
  CONSTRAINT guest_devices_ticket_fkey FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX guest_devices_once ON guest_devices (ticket_id, endpoint);
CREATE INDEX guest_devices_created_idx ON guest_devices (created_at);

-- Where a ticket's notices go: as its account chose; without one to the phones that follow it, or to
-- the address that was left. A call goes to both: phone and address need not be one person's. A guest
-- with neither is told by the ticket's page alone.
CREATE FUNCTION ticket_routes(p_kind text, p_ticket uuid, p_account uuid, p_email text)
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

-- The same function; by the routes of tickets.
CREATE OR REPLACE FUNCTION queue_ticket_notice(p_ticket uuid, p_event uuid, p_kind text, p_due_at timestamptz, p_place integer) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, due_at, payload)
  SELECT p_event, p_kind, route.channel, route.because, a.id, r.id, t.id, route.recipient, coalesce(a.locale, t.locale), p_due_at,
         jsonb_build_object(
           'ticketId', t.id, 'number', t.number, 'place', p_place, 'status', t.status,
           'serviceDate', t.service_date, 'partySize', t.party_size, 'dining', t.dining,
           'hasAccount', a.id IS NOT NULL, 'takenAt', iso_instant(t.taken_at), 'lapsesAt', iso_instant(t.lapses_at),
           'cancelledBy', t.cancelled_by, 'reason', t.cancel_reason,
           'quote', CASE WHEN t.quote_from_minutes IS NOT NULL THEN
             jsonb_build_object('fromMinutes', t.quote_from_minutes, 'toMinutes', t.quote_to_minutes) END,
           'restaurant', jsonb_build_object(
             'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
             'phone', r.phone, 'timeZone', r.time_zone))
    FROM tickets t
    JOIN restaurants r ON r.id = t.restaurant_id
    LEFT JOIN accounts a ON a.id = t.account_id
    CROSS JOIN LATERAL ticket_routes(p_kind, t.id, a.id, t.contact_email) AS route
   WHERE t.id = p_ticket
  -- At the door one address may stand on two tickets; of one act it hears once.
  ON CONFLICT DO NOTHING
$$;
