-- A booking enters as few indexes as its readers allow. Each table is locked against writes while its
-- indexes are made. The version before works on; until it has ended, its pages of notices and of the
-- audit log sort what they read.

-- The judge of "one to come per diner and date" finds a date's reservations too.
DROP INDEX reservations_one_active_per_diner;
DROP INDEX reservations_day_idx;
CREATE UNIQUE INDEX reservations_one_active_per_diner ON reservations
  (restaurant_id, service_date, diner_id, (CASE WHEN status IN ('HELD', 'CONFIRMED') THEN true END));

-- An event is in one of the two: its address is whole, or there is none, or no more than a prefix.
DROP INDEX audit_events_at_idx;
DROP INDEX audit_events_addresses_idx;
CREATE INDEX audit_events_at_idx ON audit_events (at, id) WHERE address IS NULL OR address LIKE '%/%';
CREATE INDEX audit_events_addresses_idx ON audit_events (at, id) WHERE address IS NOT NULL AND address NOT LIKE '%/%';

-- Two days of keys are few enough to be read whole.
DROP INDEX idempotency_keys_created_idx;

-- A booking's notice waits for an instant, under the id of its event, and is found by its subject and
-- among the lanes.
ALTER TABLE notices ALTER COLUMN event_id DROP NOT NULL;
ALTER TABLE notices ADD CONSTRAINT notices_event_known CHECK (event_id IS NOT NULL OR channel = 'NONE') NOT VALID;
DROP INDEX notices_once_per_event;
CREATE UNIQUE INDEX notices_once_per_event ON notices (event_id, kind, channel, coalesce(account_id::text, recipient))
  WHERE event_id IS NOT NULL;
DROP INDEX notices_ordinal_idx;
DROP INDEX notices_restaurant_idx;
DROP INDEX notices_to_send_idx;
CREATE INDEX notices_ordinal_idx ON notices (ordinal) WHERE channel <> 'NONE' OR state <> 'QUEUED';
CREATE INDEX notices_restaurant_idx ON notices (restaurant_id, ordinal)
  WHERE restaurant_id IS NOT NULL AND (channel <> 'NONE' OR state <> 'QUEUED');
CREATE INDEX notices_to_send_idx ON notices (due_at) WHERE state = 'QUEUED' AND channel <> 'NONE';

CREATE OR REPLACE FUNCTION place_reservation(
  p_diner uuid,
  p_key text,
  p_request_hash text,
  p_restaurant uuid,
  p_service_date date,
  p_starts_at timestamptz,
  p_party_size integer,
  p_slot uuid,
  p_note text,
  p_address text,
  p_session_epoch integer DEFAULT NULL,
  p_allergies text DEFAULT NULL,
  p_avoid uuid[] DEFAULT '{}',
  p_turn uuid DEFAULT NULL,
  p_most integer DEFAULT NULL,
  p_session uuid DEFAULT NULL,
  p_one_notice boolean DEFAULT false
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_stored record;
  v_judged record;
  v_slot record;
  v_other uuid;
  v_inserted boolean := false;
  v_id uuid := gen_random_uuid();
  v_status reservation_status;
  v_hold timestamptz(3);
  v_event uuid := gen_random_uuid();
  v_hoarding jsonb;
  v_response jsonb;
BEGIN
  IF p_session_epoch IS NOT NULL AND NOT is_session_live(p_diner, p_session_epoch, p_session) THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  ELSIF is_session_shared(p_session) THEN
    RETURN jsonb_build_object('reason', 'shared-tablet');
  ELSIF NOT try_lock_diner(p_diner) THEN
    RETURN jsonb_build_object('reason', 'in-progress');
  END IF;

  SELECT request_hash, response INTO v_stored
    FROM idempotency_keys WHERE account_id = p_diner AND key = p_key;
  IF FOUND THEN
    IF v_stored.request_hash <> p_request_hash THEN
      RETURN jsonb_build_object('reason', 'key-reused');
    END IF;
    RETURN jsonb_build_object('reservation', v_stored.response, 'replayed', true);
  END IF;

  SELECT refusal, confirm_within_minutes, awaits_staff INTO v_judged
    FROM judge_booking(p_diner => p_diner, p_restaurant => p_restaurant, p_service_date => p_service_date,
                       p_starts_at => p_starts_at, p_turn => p_turn);
  IF v_judged.refusal IS NOT NULL THEN
    RETURN v_judged.refusal;
  END IF;
  SELECT * INTO v_slot
    FROM choose_slot(p_diner => p_diner, p_restaurant => p_restaurant, p_service_date => p_service_date,
                     p_starts_at => p_starts_at, p_party_size => p_party_size, p_slot => p_slot, p_avoid => p_avoid);
  IF v_slot.refusal IS NOT NULL THEN
    RETURN v_slot.refusal;
  END IF;

  -- Only now is known how long the party would sit.
  v_hoarding := judge_hoarding(p_diner, p_restaurant, p_service_date, p_starts_at, v_slot.ends_at, p_most);
  IF v_hoarding IS NOT NULL THEN
    RETURN v_hoarding;
  END IF;

  IF v_slot.is_taken THEN
    -- The hold on it ran out; only this slot's own, so that nobody queues for the others.
    SELECT reservation_id INTO v_other
      FROM reservation_slots WHERE slot_id = v_slot.slot AND released_at IS NULL;
    IF FOUND THEN
      PERFORM end_overdue_reservation(v_other);
    END IF;
  END IF;

  IF v_judged.confirm_within_minutes IS NULL THEN
    v_status := 'CONFIRMED';
  ELSE
    v_status := 'HELD';
    -- A hold never outlives the start of its slot.
    v_hold := least(now() + make_interval(mins => v_judged.confirm_within_minutes), p_starts_at);
  END IF;

  -- The unique index is the judge of "one to come per diner and date"; two attempts let the diner's
  -- own run-out hold make room.
  FOR attempt IN 1..2 LOOP
    INSERT INTO reservations (id, restaurant_id, service_date, starts_at, ends_at, party_size,
                              diner_id, status, hold_expires_at, awaits_staff, note, allergies)
    VALUES (v_id, p_restaurant, p_service_date, p_starts_at, v_slot.ends_at, p_party_size,
            p_diner, v_status, v_hold, v_judged.awaits_staff, p_note, p_allergies)
    ON CONFLICT (restaurant_id, service_date, diner_id, (CASE WHEN status IN ('HELD', 'CONFIRMED') THEN true END))
    DO NOTHING;
    v_inserted := FOUND;
    EXIT WHEN v_inserted;
    SELECT id INTO v_other FROM reservations
     WHERE diner_id = p_diner AND restaurant_id = p_restaurant AND service_date = p_service_date
       AND status IN ('HELD', 'CONFIRMED');
    IF FOUND AND NOT end_overdue_reservation(v_other) THEN
      RETURN jsonb_build_object('reason', 'already-booked');
    END IF;
  END LOOP;
  IF NOT v_inserted THEN
    RETURN jsonb_build_object('reason', 'contended');
  END IF;

  UPDATE slots SET taken = true, held_until = v_hold WHERE id = v_slot.slot;
  INSERT INTO reservation_slots (reservation_id, slot_id) VALUES (v_id, v_slot.slot);
  INSERT INTO audit_events (id, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status)
  VALUES (v_event, p_diner, 'DINER', p_address, p_restaurant, 'RESERVATION', v_id, 'BOOK', v_status::text);
  IF p_one_notice THEN
    PERFORM queue_booking_notice(p_reservation => v_id, p_event => v_event, p_kind => 'RESERVATION_' || v_status);
  ELSE
    PERFORM queue_reservation_notice(v_id, v_event, 'RESERVATION_' || v_status, now());
  END IF;
  IF v_judged.awaits_staff THEN
    PERFORM queue_hold_to_confirm(p_reservation => v_id, p_event => v_event);
  END IF;

  v_response := jsonb_build_object(
    'id', v_id, 'status', v_status, 'slotId', v_slot.slot, 'tableNumber', v_slot.table_number,
    'startsAt', iso_instant(p_starts_at), 'endsAt', iso_instant(v_slot.ends_at),
    'partySize', p_party_size, 'holdExpiresAt', iso_instant(v_hold), 'awaitsStaff', v_judged.awaits_staff);
  INSERT INTO idempotency_keys (account_id, key, request_hash, response)
  VALUES (p_diner, p_key, p_request_hash, v_response);
  RETURN jsonb_build_object('reservation', v_response, 'replayed', false);
END
$$;

CREATE OR REPLACE FUNCTION queue_booking_notice(p_reservation uuid, p_event uuid, p_kind text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notices (id, kind, channel, restaurant_id, subject_id, recipient, locale, payload)
  SELECT p_event, p_kind, 'NONE', v.restaurant_id, v.id, a.email, a.locale, jsonb_strip_nulls(
           reservation_promise(v) - '{status,sequence}'::text[] || jsonb_build_object('awaitsStaff', nullif(v.awaits_staff, false)))
    FROM reservations v JOIN accounts a ON a.id = v.diner_id
   WHERE v.id = p_reservation;
END
$$;

CREATE OR REPLACE FUNCTION empty_notices(p_notices uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  UPDATE notices
     SET event_id = coalesce(event_id, id), channel = CASE channel WHEN 'NONE' THEN 'MAIL' ELSE channel END,
         recipient = id || '@erased.invalid', payload = '{}', last_error = NULL, lease_token = NULL, lease_until = NULL,
         state = CASE WHEN state IN ('QUEUED', 'DEAD') THEN 'DROPPED' ELSE state END,
         dropped_because = CASE WHEN state IN ('QUEUED', 'DEAD') THEN 'forgotten' ELSE dropped_because END
   WHERE id = ANY (p_notices);
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION forget_notices() RETURNS integer
LANGUAGE sql
RETURN empty_notices(p_notices => ARRAY(
  SELECT n.id FROM notices n
   WHERE n.id IN (
     SELECT due.id FROM (
       SELECT id, due_at FROM notices
        WHERE payload <> '{}' AND state <> 'QUEUED' AND due_at < now() - kept_for('notice-contents')
       UNION ALL
       SELECT id, due_at FROM notices
        WHERE payload <> '{}' AND state = 'QUEUED' AND channel <> 'NONE' AND due_at < now() - kept_for('notice-contents')
       UNION ALL
       SELECT id, due_at FROM notices
        WHERE payload <> '{}' AND state = 'QUEUED' AND urgency IN (0, 1, 2) AND channel = 'NONE'
          AND due_at < now() - kept_for('notice-contents')) AS due
      ORDER BY due.due_at LIMIT 1000)
     FOR UPDATE SKIP LOCKED));

CREATE OR REPLACE FUNCTION erase_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_account record;
  v_guests uuid[];
BEGIN
  v_guests := ARRAY(SELECT guests_of_account(p_account));
  PERFORM 1 FROM guests WHERE id = ANY (ARRAY(SELECT guests_merged_with(g) FROM unnest(v_guests) AS g))
    ORDER BY merged_into IS NULL, id FOR UPDATE;
  PERFORM 1 FROM tickets WHERE guest_id = ANY (v_guests) ORDER BY id FOR UPDATE;
  PERFORM 1 FROM reservations WHERE diner_id = p_account OR guest_id = ANY (v_guests) ORDER BY id FOR UPDATE;
  SELECT id, email, role::text AS role INTO v_account FROM accounts WHERE id = p_account FOR UPDATE;
  IF NOT FOUND OR EXISTS (
       SELECT FROM reservations v WHERE (v.diner_id = p_account OR v.guest_id = ANY (v_guests)) AND v.starts_at > now()
          AND is_reservation_coming(v.status, v.hold_expires_at, now())) THEN
    RETURN false;
  END IF;
  INSERT INTO audit_events (actor_role, subject, subject_id, restaurant_id, act, to_status, details)
  SELECT 'DINER', 'RESTAURANT', visited.id, visited.id, 'ASK_ERASURE', 'ASKED', jsonb_build_object(
           'reservations', (
             SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'startsAt', iso_instant(v.starts_at),
                                                          'partySize', v.party_size) ORDER BY v.starts_at, v.id), '[]')
               FROM reservations v
              WHERE (v.diner_id = p_account OR v.guest_id = ANY (v_guests)) AND v.restaurant_id = visited.id),
           'tickets', (
             SELECT coalesce(jsonb_agg(jsonb_build_object('serviceDate', t.service_date, 'number', t.number)
                                       ORDER BY t.taken_at, t.id), '[]')
               FROM tickets t
              WHERE (t.account_id = p_account OR t.guest_id = ANY (v_guests)) AND t.restaurant_id = visited.id))
    FROM (SELECT restaurant_id AS id FROM reservations WHERE diner_id = p_account OR guest_id = ANY (v_guests)
           UNION SELECT restaurant_id FROM tickets WHERE account_id = p_account OR guest_id = ANY (v_guests)) AS visited;
  -- Owners' day sheets name the expected parties.
  UPDATE notices n SET payload = jsonb_set(payload, '{reservations}', (
      SELECT jsonb_agg(CASE party ->> 'accountId' WHEN p_account::text
                       THEN party || '{"accountId": null, "dinerName": null, "note": null, "allergies": null}' ELSE party END
                       ORDER BY ordinal)
        FROM jsonb_array_elements(payload -> 'reservations') WITH ORDINALITY AS p (party, ordinal)))
   WHERE kind = 'DAY_SHEET' AND payload @> jsonb_build_object('reservations', jsonb_build_array(jsonb_build_object('accountId', p_account)))
     AND subject_id IN (SELECT restaurant_id FROM reservations WHERE diner_id = p_account);
  PERFORM empty_notices(p_notices => ARRAY(
    SELECT id FROM notices
     WHERE account_id = p_account
        -- A booking's that still waits has its reservation's.
        OR (channel = 'NONE' AND subject_id IN (SELECT id FROM reservations WHERE diner_id = p_account))
        OR subject_id IN (SELECT id FROM staff_invitations WHERE email = v_account.email)
        -- Messages about the person in a restaurant's Slack.
        OR (channel = 'SLACK' AND subject_id IN (SELECT subject_id FROM notices WHERE account_id = p_account))));
  UPDATE notices SET payload = jsonb_set(payload, '{inviterName}', '"밥줄"')
   WHERE payload ? 'inviterName' AND subject_id IN (SELECT id FROM staff_invitations WHERE invited_by = p_account);
  UPDATE tickets SET guest_id = NULL WHERE guest_id = ANY (v_guests);
  PERFORM forget_guests_of(p_account => p_account);
  DELETE FROM staff_invitations WHERE email = v_account.email;
  DELETE FROM link_requests WHERE email = v_account.email;
  DELETE FROM mail_refusals WHERE address = v_account.email;
  UPDATE reservations SET diner_id = NULL, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL WHERE diner_id = p_account;
  -- The request's id would lead to the logs.
  UPDATE audit_events SET actor_id = NULL, address = NULL, request_id = NULL WHERE actor_id = p_account;
  UPDATE audit_events SET details = NULL, address = NULL, request_id = NULL WHERE subject_id = p_account;
  -- Keys, links, external logins and memberships go with it.
  DELETE FROM accounts WHERE id = p_account;
  INSERT INTO audit_events (actor_role, subject, subject_id, act, from_status, to_status)
  VALUES (v_account.role, 'ACCOUNT', p_account, 'DELETE_ACCOUNT', 'ACTIVE', 'DELETED');
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION export_account(p_account uuid) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'asOf', iso_instant(now()),
    'account', to_jsonb(me),
    'agreements', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT kind, version, given, at
          FROM agreements WHERE account_id = p_account ORDER BY agreements.at, id) AS p),
    'logins', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT provider, subject, created_at AS "connectedAt"
          FROM external_logins WHERE account_id = p_account ORDER BY provider) AS p),
    'sessions', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT browser, system, created_at AS "createdAt", last_seen_at AS "lastSeenAt",
               expires_at AS "expiresAt", proof, proved_at AS "provedAt", passkey_at AS "passkeyAt",
               shared_at AS "sharedAt"
          FROM sessions WHERE account_id = p_account ORDER BY created_at, id) AS p),
    'passkeys', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT name, is_synced AS "isSynced", is_backed_up AS "isBackedUp", transports, counter,
               translate(encode(credential_id, 'base64'), E'\n', '') AS "credentialId",
               translate(encode(public_key, 'base64'), E'\n', '') AS "publicKey",
               created_at AS "createdAt", last_used_at AS "lastUsedAt"
          FROM passkeys WHERE account_id = p_account ORDER BY created_at, id) AS p),
    'links', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT purpose, email, created_at AS "mailedAt", expires_at AS "expiresAt", used_at AS "usedAt"
          FROM account_links WHERE account_id = p_account ORDER BY created_at, id) AS p),
    'mailsAskedFor', (
      -- With another's address anybody can ask: what they typed is the reader's only once it was mailed.
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT purpose, email, browser, system,
               CASE WHEN link_id IS NOT NULL OR session_id IS NOT NULL THEN return_path END AS "returnPath",
               CASE WHEN link_id IS NOT NULL OR session_id IS NOT NULL THEN texts END AS texts,
               code_tries AS "codeTries", code_used_at AS "codeUsedAt", created_at AS "askedAt",
               expires_at AS "expiresAt"
          FROM link_requests
         WHERE email = me.email
            OR link_id IN (SELECT id FROM account_links WHERE account_id = p_account)
            OR session_id IN (SELECT id FROM sessions WHERE account_id = p_account)
         ORDER BY created_at, id) AS p),
    'mailRefusals', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT address, kind, reason, refused_at AS "refusedAt"
          FROM mail_refusals WHERE address = me.email) AS p),
    'devices', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT created_at AS "allowedAt"
          FROM push_subscriptions WHERE account_id = p_account ORDER BY created_at, id) AS p),
    'reservations', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT v.id, r.name AS restaurant, v.service_date AS "serviceDate", v.starts_at AS "startsAt",
               v.ends_at AS "endsAt", v.party_size AS "partySize", v.walk_in AS "isWalkIn", v.status,
               v.note, v.allergies, v.hold_expires_at AS "holdExpiresAt", v.awaits_staff AS "awaitsStaff",
               v.late_minutes AS "lateMinutes", v.arrived_at AS "arrivedAt", v.seated_at AS "seatedAt",
               v.left_at AS "leftAt", v.cancelled_by AS "cancelledBy", v.created_at AS "bookedAt",
               v.source, v.tells_guest AS "isTold", v.disputed_at AS "disputedAt", v.dispute_text AS "disputeText",
               v.dispute_decided_at AS "disputeDecidedAt", v.dispute_granted AS "isDisputeGranted"
          FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
         WHERE v.diner_id = p_account OR v.guest_id = ANY (ARRAY(SELECT guests_of_account(p_account)))
         ORDER BY v.starts_at, v.id) AS p),
    'guestEntries', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT r.name AS restaurant, g.name, g.phone, g.email, g.locale, g.created_at AS "notedAt",
               g.consent_way AS "rememberedWay", g.consented_at AS "rememberedAt",
               d.allergies, d.dislikes, d.consent_way AS "consentWay", d.consented_at AS "consentedAt",
               d.noted_at AS "dietNotedAt"
          FROM guests g JOIN restaurants r ON r.id = g.restaurant_id LEFT JOIN guest_diets d ON d.guest_id = g.id
         WHERE g.id = ANY (ARRAY(SELECT guests_of_account(p_account))) ORDER BY g.created_at, g.id) AS p),
    'tickets', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT t.id, r.name AS restaurant, t.service_date AS "serviceDate", t.number,
               t.party_size AS "partySize", t.dining, t.channel, t.locale, t.status,
               t.contact_phone AS "contactPhone", t.contact_email AS "contactEmail",
               t.contact_forgotten_at AS "contactForgottenAt", t.postponements,
               t.postponed_behind AS "postponedBehind", t.quote_from_minutes AS "quoteFromMinutes",
               t.quote_to_minutes AS "quoteToMinutes", t.taken_at AS "takenAt",
               t.first_called_at AS "firstCalledAt", t.called_at AS "calledAt", t.lapses_at AS "lapsesAt",
               t.ended_at AS "endedAt", t.cancelled_by AS "cancelledBy", t.cancel_reason AS "cancelReason",
               t.reservation_id AS "reservationId"
          FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
         WHERE t.account_id = p_account OR t.guest_id = ANY (ARRAY(SELECT guests_of_account(p_account)))
         ORDER BY t.taken_at, t.id) AS p),
    'openingEntries', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT r.name AS restaurant, o.service_date AS "serviceDate", e.entry_id AS "entryId",
               e.entered_at AS "enteredAt", e.in_lobby AS "inLobby", e.number, u.given_at AS "turnGivenAt"
          FROM opening_entries e
          JOIN openings o ON o.id = e.opening_id JOIN restaurants r ON r.id = o.restaurant_id
          LEFT JOIN opening_turns u ON u.opening_id = e.opening_id AND u.entry_id = e.entry_id
         WHERE e.account_id = p_account ORDER BY e.entered_at, e.entry_id) AS p),
    'notices', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT kind, CASE channel WHEN 'NONE' THEN 'MAIL' ELSE channel END AS channel, recipient, locale, state, subject_id AS "subjectId", queued_at AS "queuedAt",
               due_at AS "dueAt", sent_at AS "sentAt", bounced_at AS "bouncedAt", attempts,
               last_error AS "lastError", routed_because AS "routedBecause",
               dropped_because AS "droppedBecause",
               -- The guests that an owner's day sheet names are other people.
               CASE kind WHEN 'DAY_SHEET' THEN payload - 'reservations' ELSE payload END AS payload
          FROM notices
         WHERE account_id = p_account
            OR (account_id IS NULL AND channel = 'MAIL' AND subject_id IN (
                 SELECT v.id FROM reservations v WHERE v.guest_id = ANY (ARRAY(SELECT guests_of_account(p_account)))))
            OR (channel = 'NONE' AND subject_id IN (SELECT v.id FROM reservations v WHERE v.diner_id = p_account))
         ORDER BY ordinal) AS p),
    'workplaces', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT r.name AS restaurant, s.role, s.wants_day_sheet AS "wantsDaySheet", p.set_at AS "pinSetAt",
               p.is_one_time AS "isPinOneTime", t.wrong AS "wrongPins", t.wait_until AS "pinWaitsUntil",
               t.locked_at AS "pinLockedAt",
               (SELECT coalesce(jsonb_agg(jsonb_build_object(
                         'provedAt', iso_instant(u.proved_at), 'actedAt', iso_instant(u.acted_at))
                         ORDER BY u.proved_at, u.id), '[]')
                  FROM tablet_authors u
                 WHERE u.restaurant_id = s.restaurant_id AND u.account_id = s.account_id) AS "tabletProofs"
          FROM restaurant_staff s JOIN restaurants r ON r.id = s.restaurant_id
          LEFT JOIN staff_pins p ON p.restaurant_id = s.restaurant_id AND p.account_id = s.account_id
          LEFT JOIN pin_tries t ON t.restaurant_id = s.restaurant_id AND t.account_id = s.account_id
         WHERE s.account_id = p_account ORDER BY r.name, r.id) AS p),
    'invitations', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT r.name AS restaurant, i.role, i.email, i.email <> me.email AS "isSentByYou",
               i.created_at AS "invitedAt", i.expires_at AS "expiresAt", i.accepted_at AS "acceptedAt",
               i.revoked_at AS "revokedAt"
          FROM staff_invitations i JOIN restaurants r ON r.id = i.restaurant_id
         WHERE i.email = me.email OR i.invited_by = p_account ORDER BY i.created_at, i.id) AS p))
    FROM (SELECT id, email, name, phone, role::text AS role, locale,
                 password_hash IS NOT NULL AS "hasPassword", created_at AS "createdAt",
                 seen_at AS "seenAt", sleep_told_at AS "sleepToldAt",
                 email_confirmed_at AS "emailConfirmedAt", owner_approved_at AS "ownerApprovedAt",
                 owner_refused_at AS "ownerRefusedAt", owner_refusal AS "ownerRefusal",
                 notice_channels AS "noticeChannels", needs_passkey AS "needsPasskey",
                 passkey_lost_at AS "passkeyLostAt",
                 translate(encode(passkey_handle, 'base64'), E'\n', '') AS "passkeyHandle"
            FROM accounts WHERE id = p_account) AS me
$$;

CREATE OR REPLACE FUNCTION forget_idempotency_keys() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at < now() - kept_for('idempotency-keys')
     LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION notice_facts(
  p_kind text, p_channel text, p_subject uuid, p_account uuid, p_restaurant uuid, p_recipient text, p_locale text, p_payload jsonb,
  OUT recipient text, OUT locale text, OUT payload jsonb
)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_person record;
  v record;
BEGIN
  recipient := p_recipient;
  locale := p_locale;
  payload := p_payload;

  -- A booking's notice keeps its promise alone, as far as it isn't every new booking's. Its time zone stays as long as there is a seating to come.
  IF p_kind LIKE 'RESERVATION_%' AND payload ? 'startsAt' AND NOT payload ? 'restaurant' THEN
    SELECT r.time_zone INTO v FROM restaurants r WHERE r.id = p_restaurant;
    payload := jsonb_build_object('reservationId', p_subject, 'status', CASE p_kind WHEN 'RESERVATION_HELD' THEN 'HELD' ELSE 'CONFIRMED' END,
                                  'sequence', 0, 'awaitsStaff', false, 'note', NULL, 'allergies', NULL, 'dinerName', NULL, 'isGuest', false,
                                  'restaurant', jsonb_build_object('timeZone', v.time_zone)) || payload;
  END IF;

  SELECT a.email, a.locale, a.email_confirmed_at IS NOT NULL AS confirmed,
         CASE WHEN a.email_confirmed_at IS NOT NULL THEN a.name END AS name
    INTO v_person FROM accounts a WHERE a.id = p_account;
  IF FOUND THEN
    locale := v_person.locale;
    IF NOT is_kept_by_mailbox(p_kind) THEN
      recipient := v_person.email;
    END IF;
    IF payload ? 'accountName' THEN
      payload := payload || jsonb_build_object('accountName', v_person.name);
    END IF;
    IF p_kind LIKE 'OWNER_%' THEN
      payload := payload || jsonb_build_object('email', v_person.email);
    ELSIF p_kind LIKE 'RESERVATION_%' AND payload ? 'dinerName' THEN
      payload := payload || jsonb_build_object('dinerName', v_person.name)
        || CASE WHEN v_person.confirmed THEN '{}' ELSE '{"note": null, "allergies": null}' END::jsonb;
    END IF;
  END IF;

  IF p_channel = 'SLACK' THEN
    SELECT h.locale INTO v FROM slack_hooks h WHERE h.restaurant_id = p_restaurant;
    locale := coalesce(v.locale, locale);
    IF p_kind LIKE 'RESERVATION_%' AND payload ? 'dinerName' THEN
      SELECT coalesce(a.name, g.name) AS name INTO v
        FROM reservations w LEFT JOIN guests g ON g.id = w.guest_id
        LEFT JOIN accounts a ON a.id = w.diner_id AND a.email_confirmed_at IS NOT NULL
       WHERE w.id = p_subject;
      payload := payload || jsonb_build_object('dinerName', v.name);
    END IF;
  ELSIF p_kind LIKE 'RESERVATION_%' AND p_account IS NULL THEN
    SELECT g.email, g.locale, g.name, EXISTS (
             SELECT FROM accounts a WHERE a.email = g.email AND a.email_confirmed_at IS NOT NULL) AS confirmed
      INTO v FROM reservations w LEFT JOIN guests g ON g.id = w.guest_id AND w.tells_guest WHERE w.id = p_subject;
    IF FOUND THEN
      recipient := v.email;
      locale := coalesce(v.locale, locale);
      payload := payload || CASE WHEN v.confirmed THEN jsonb_build_object('dinerName', v.name)
                                 ELSE '{"dinerName": null, "note": null, "allergies": null, "reason": null}' END;
    END IF;
  ELSIF p_kind LIKE 'TICKET_%' AND p_account IS NULL THEN
    SELECT t.contact_email, t.locale INTO v FROM tickets t WHERE t.id = p_subject;
    IF FOUND THEN
      recipient := CASE p_channel WHEN 'PUSH' THEN coalesce(v.contact_email, 'device') ELSE v.contact_email END;
      locale := v.locale;
      IF p_channel = 'MAIL' THEN
        payload := payload || '{"reason": null}';
      END IF;
    END IF;
  ELSIF p_kind IN ('CONFIRM_ADDRESS', 'SIGN_IN_LINK', 'RESET_PASSWORD', 'PROOF_CODE') THEN
    -- Such a link works only for the address that the account had.
    IF EXISTS (SELECT FROM account_links l WHERE l.id = p_subject AND l.email <> v_person.email) THEN
      recipient := NULL;
    END IF;
  ELSIF p_kind = 'ALREADY_REGISTERED' AND recipient <> v_person.email THEN
    recipient := NULL;
  ELSIF p_kind = 'STAFF_INVITED' THEN
    SELECT i.email, i.accepted_at IS NOT NULL OR i.revoked_at IS NOT NULL OR i.expires_at <= now() AS over,
           i.invited_by, b.name, b.email_confirmed_at IS NOT NULL AS confirmed, a.locale,
           a.email_confirmed_at IS NOT NULL AS known
      INTO v
      FROM staff_invitations i LEFT JOIN accounts b ON b.id = i.invited_by LEFT JOIN accounts a ON a.email = i.email
     WHERE i.id = p_subject;
    IF FOUND THEN
      recipient := CASE WHEN NOT v.over THEN v.email END;
      locale := coalesce(v.locale, p_locale);
      IF v.invited_by IS NOT NULL THEN
        payload := payload || jsonb_build_object('inviterName', CASE WHEN v.confirmed THEN v.name END);
      END IF;
      IF NOT v.known THEN
        payload := payload || '{"inviterName": null, "restaurant": null}';
      END IF;
    END IF;
  ELSIF p_kind = 'DAY_SHEET' AND p_restaurant IS NOT NULL AND payload ? 'reservations' THEN
    IF NOT EXISTS (
         SELECT FROM restaurant_staff w JOIN accounts a ON a.id = w.account_id AND a.owner_approved_at IS NOT NULL
          WHERE w.restaurant_id = p_restaurant AND w.account_id = p_account AND w.role = 'OWNER' AND w.wants_day_sheet) THEN
      recipient := NULL;
    END IF;
    payload := payload || jsonb_build_object('reservations', (
      SELECT coalesce(jsonb_agg(CASE WHEN party ? 'accountId' THEN party || jsonb_build_object('dinerName', coalesce(a.name, g.name)) ELSE party END
                                ORDER BY p.ordinal), '[]')
        FROM jsonb_array_elements(payload -> 'reservations') WITH ORDINALITY AS p (party, ordinal)
        LEFT JOIN guests g ON g.id = (party ->> 'guestId')::uuid
        LEFT JOIN accounts a ON a.id = (party ->> 'accountId')::uuid AND a.email_confirmed_at IS NOT NULL));
  END IF;

  IF p_kind = 'TICKET_THIRD' THEN
    -- Others may have left since; the notice says how many are in front now.
    SELECT ticket_place(t.restaurant_id, t.service_date, t.rank, now()) AS place INTO v FROM tickets t WHERE t.id = p_subject;
    IF FOUND THEN
      payload := payload || jsonb_build_object('place', v.place);
    END IF;
  END IF;

  IF jsonb_typeof(payload -> 'restaurant') = 'object' THEN
    SELECT jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address, 'phone', r.phone) AS facts
      INTO v FROM restaurants r WHERE r.id = p_restaurant;
    IF FOUND THEN
      payload := payload || jsonb_build_object('restaurant', (payload -> 'restaurant') || v.facts);
    END IF;
  END IF;

  IF p_channel <> 'SLACK' AND p_kind ~ '^(RESERVATION|TICKET|STAFF)_'
     AND EXISTS (SELECT FROM restaurants r WHERE r.id = p_restaurant AND r.hidden_at IS NOT NULL) THEN
    IF (p_account IS NULL AND p_kind LIKE 'TICKET_%') OR p_kind NOT IN ('RESERVATION_CANCELLED', 'RESERVATION_EXPIRED', 'TICKET_CANCELLED', 'TICKET_LAPSED') THEN
      recipient := NULL;
    ELSIF payload ? 'reason' THEN
      payload := payload || '{"reason": null}';
    END IF;
  END IF;
END
$$;
