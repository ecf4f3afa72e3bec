-- In which order somebody wants to be told. Mail is always the last resort: an account has an address.
ALTER TABLE accounts
  ADD COLUMN notice_channels text[] NOT NULL DEFAULT '{MAIL}',
  ADD CONSTRAINT accounts_notice_channels_known CHECK (notice_channels IN ('{MAIL}', '{PUSH,MAIL}'));

-- A browser that its owner has allowed to be woken up. Its endpoint is a secret between it, its push
-- service and us; its keys encrypt what is sent, so that the push service can't read it.
CREATE TABLE push_subscriptions (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  account_id uuid NOT NULL,
  endpoint text NOT NULL,
  p256dh text NOT NULL,
  auth text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT push_subscriptions_pkey PRIMARY KEY (id),
  CONSTRAINT push_subscriptions_endpoint_length CHECK (char_length(endpoint) BETWEEN 10 AND 1000),
  CONSTRAINT push_subscriptions_keys_shape CHECK (p256dh ~ '^[A-Za-z0-9_-]{87}$' AND auth ~ '^[A-Za-z0-9_-]{22}$'),
  CONSTRAINT push_subscriptions_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX push_subscriptions_endpoint_key ON push_subscriptions (endpoint);
CREATE INDEX push_subscriptions_account_idx ON push_subscriptions (account_id, created_at);

-- Where a restaurant's Slack takes messages. Whoever knows the address can write there: it is never
-- shown again once it is set.
CREATE TABLE slack_hooks (
  restaurant_id uuid NOT NULL,
  url text NOT NULL,
  locale text NOT NULL,
  set_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Null: Slack takes what we send. Set: it refused for good, in these words, and nothing is sent.
  refused_at timestamptz(3),
  refusal text,
  CONSTRAINT slack_hooks_pkey PRIMARY KEY (restaurant_id),
  CONSTRAINT slack_hooks_url_length CHECK (char_length(url) BETWEEN 10 AND 500),
  CONSTRAINT slack_hooks_locale_known CHECK (locale IN ('ko', 'en')),
  CONSTRAINT slack_hooks_refusal_whole CHECK ((refused_at IS NULL) = (refusal IS NULL)),
  CONSTRAINT slack_hooks_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);

ALTER TABLE notices
  DROP CONSTRAINT notices_channel_known,
  ADD CONSTRAINT notices_channel_known CHECK (channel IN ('MAIL', 'PUSH', 'SLACK')),
  -- Why this channel. Null: this kind has no other.
  ADD COLUMN routed_because text;

-- A lane is of one channel: where the mail server is away, a push does not look through the mails.
DROP INDEX notices_lanes_idx;
CREATE INDEX notices_lanes_idx ON notices (urgency, channel, lane, due_at, ordinal) WHERE state = 'QUEUED';

-- Through which channels a kind reaches a diner and the house, and why. Mails with a calendar file
-- are kept by people, so those are mailed whatever else happens ('kept'). Everything else goes one
-- way: by push to who chose it and has a device that takes it, else by mail. `locale` null: the
-- person's own.
CREATE FUNCTION notice_routes(p_kind text, p_account uuid, p_restaurant uuid)
RETURNS TABLE (channel text, because text, locale text)
LANGUAGE sql STABLE AS $$
  WITH wish AS (
    SELECT p_kind IN ('RESERVATION_HELD', 'RESERVATION_CONFIRMED', 'RESERVATION_CANCELLED', 'RESERVATION_EXPIRED') AS is_kept,
           coalesce((SELECT 'PUSH' = ANY (a.notice_channels) FROM accounts a WHERE a.id = p_account), false) AS wants_push,
           EXISTS (SELECT FROM push_subscriptions s WHERE s.account_id = p_account) AS has_device)
  SELECT 'MAIL', CASE WHEN p_account IS NULL THEN 'no-account' WHEN NOT wants_push THEN 'chosen'
                      WHEN NOT has_device THEN 'no-device' ELSE 'kept' END, NULL
    FROM wish WHERE is_kept OR NOT (wants_push AND has_device)
  UNION ALL
  SELECT 'PUSH', 'chosen', NULL FROM wish WHERE wants_push AND has_device
  UNION ALL
  SELECT 'SLACK', 'house', h.locale FROM slack_hooks h
   WHERE h.restaurant_id = p_restaurant AND h.refused_at IS NULL
     AND p_kind IN ('RESERVATION_CONFIRMED', 'RESERVATION_CANCELLED')
$$;

-- What waits for its time (a reminder) goes the way that its person has chosen by now. What is kept
-- has its mail in any case, and what somebody is just sending goes the way it went.
CREATE FUNCTION route_waiting_notices(p_account uuid) RETURNS void
LANGUAGE sql AS $$
  UPDATE notices n SET channel = r.channel, routed_because = r.because
    FROM notices w CROSS JOIN LATERAL notice_routes(w.kind, w.account_id, NULL) AS r
   WHERE w.account_id = p_account AND w.state = 'QUEUED' AND w.lease_token IS NULL
     AND (w.kind LIKE 'TICKET_%' OR w.kind IN ('RESERVATION_TOMORROW', 'RESERVATION_SOON', 'RESERVATION_NO_SHOW'))
     AND n.id = w.id AND n.lease_token IS NULL AND n.state = 'QUEUED'
$$;

-- The same functions; what they tell goes through the channels of whoever is told.
CREATE OR REPLACE FUNCTION queue_reservation_notice(p_reservation uuid, p_event uuid, p_kind text, p_due_at timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, due_at, give_up_at, payload)
  SELECT p_event, told.kind, route.channel, route.because, CASE WHEN route.channel <> 'SLACK' THEN a.id END, r.id, v.id,
         CASE WHEN route.channel = 'SLACK' THEN 'slack' ELSE a.email END, coalesce(route.locale, a.locale), told.due_at,
         CASE WHEN told.kind = p_kind THEN told.due_at + interval '24 hours' ELSE v.starts_at END,
         jsonb_build_object(
           'reservationId', v.id, 'status', v.status, 'serviceDate', v.service_date,
           'startsAt', iso_instant(v.starts_at), 'endsAt', iso_instant(v.ends_at),
           'partySize', v.party_size, 'note', v.note, 'sequence', v.sequence,
           'holdExpiresAt', iso_instant(v.hold_expires_at), 'cancelledBy', v.cancelled_by,
           'dinerName', a.name, 'tableNumbers', (
             SELECT jsonb_agg(DISTINCT t.number) FROM reservation_slots c
               JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
              WHERE c.reservation_id = v.id),
           'restaurant', jsonb_build_object(
             'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
             'phone', r.phone, 'timeZone', r.time_zone))
    FROM reservations v
    JOIN restaurants r ON r.id = v.restaurant_id
    JOIN accounts a ON a.id = v.diner_id
    CROSS JOIN LATERAL (
      SELECT p_kind AS kind, p_due_at AS due_at
      UNION ALL
      -- Six in the evening of the day before, on the restaurant's wall. Who books later than that,
      -- or on the day itself, has no such evening.
      SELECT 'RESERVATION_TOMORROW', (v.service_date - 1 + time '18:00') AT TIME ZONE r.time_zone
       WHERE p_kind = 'RESERVATION_CONFIRMED'
         AND (v.service_date - 1 + time '18:00') AT TIME ZONE r.time_zone > now()
      UNION ALL
      -- Who books less than half an hour before it knows it yet.
      SELECT 'RESERVATION_SOON', v.starts_at - interval '2 hours'
       WHERE p_kind = 'RESERVATION_CONFIRMED'
         AND v.starts_at - interval '2 hours' > now() + interval '30 minutes') told
    CROSS JOIN LATERAL notice_routes(told.kind, a.id, r.id) AS route
   WHERE v.id = p_reservation
$$;

CREATE OR REPLACE FUNCTION queue_ticket_notice(p_ticket uuid, p_event uuid, p_kind text, p_due_at timestamptz, p_place integer) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, due_at, payload)
  SELECT p_event, p_kind, route.channel, route.because, a.id, r.id, t.id, coalesce(a.email, t.contact_email), coalesce(a.locale, t.locale), p_due_at,
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
    CROSS JOIN LATERAL notice_routes(p_kind, a.id, r.id) AS route
   WHERE t.id = p_ticket AND coalesce(a.email, t.contact_email) IS NOT NULL
  -- At the door one address may stand on two tickets; of one act it hears once.
  ON CONFLICT DO NOTHING
$$;
