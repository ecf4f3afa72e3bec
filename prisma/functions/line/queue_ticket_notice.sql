-- Puts one notice about a ticket into the outbox, by the ticket's routes, in the caller's
-- transaction, with what is true at this instant. A ticket without a route gets none. `p_place`
-- null: it has none.
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
