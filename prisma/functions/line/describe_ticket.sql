-- A ticket as take_ticket answers it: enough to follow it.
CREATE OR REPLACE FUNCTION describe_ticket(p_ticket uuid) RETURNS jsonb
LANGUAGE sql STABLE
RETURN (SELECT jsonb_build_object(
  'id', t.id, 'number', t.number, 'status', ticket_status_at(t.status, t.lapses_at, clock_timestamp()),
  'place', CASE WHEN is_ticket_active_at(t.status, t.lapses_at, clock_timestamp())
    THEN ticket_place(t.restaurant_id, t.service_date, t.rank, clock_timestamp()) END,
  'serviceDate', t.service_date, 'partySize', t.party_size,
  'quote', CASE WHEN t.quote_from_minutes IS NOT NULL THEN
    jsonb_build_object('fromMinutes', t.quote_from_minutes, 'toMinutes', t.quote_to_minutes) END)
  FROM tickets t WHERE t.id = p_ticket);
