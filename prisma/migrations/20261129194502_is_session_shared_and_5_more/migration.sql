-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION is_session_shared(p_session uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM sessions WHERE id = p_session AND shared_at IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION lock_acting_role(p_account uuid, p_restaurant uuid, p_edits boolean) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM accounts WHERE id = p_account FOR SHARE;
  IF p_edits THEN
    PERFORM FROM restaurants WHERE id = p_restaurant FOR NO KEY UPDATE;
  END IF;
  PERFORM FROM restaurant_staff WHERE restaurant_id = p_restaurant AND account_id = p_account FOR SHARE;
  RETURN (SELECT acting_role(a.role, a.owner_approved_at, s.role)
            FROM accounts a
            JOIN restaurants r ON r.id = p_restaurant AND r.deleted_at IS NULL
            LEFT JOIN restaurant_staff s ON s.restaurant_id = r.id AND s.account_id = a.id
           WHERE a.id = p_account
             AND coalesce(nullif(current_setting('bobjool.author_at', true), '')::uuid, p_restaurant) = p_restaurant);
END
$$;

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
  p_session uuid DEFAULT NULL
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
    ON CONFLICT (diner_id, restaurant_id, service_date) WHERE status IN ('HELD', 'CONFIRMED')
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
  PERFORM queue_reservation_notice(v_id, v_event, 'RESERVATION_' || v_status, now());
  IF v_judged.awaits_staff THEN
    PERFORM queue_hold_to_confirm(p_reservation => v_id, p_event => v_event);
  END IF;

  v_response := jsonb_build_object(
    'id', v_id, 'status', v_status, 'slotId', v_slot.slot, 'tableNumber', v_slot.table_number,
    'startsAt', iso_instant(p_starts_at), 'endsAt', iso_instant(v_slot.ends_at),
    'partySize', p_party_size, 'holdExpiresAt', iso_instant(v_hold), 'awaitsStaff', v_judged.awaits_staff);
  INSERT INTO idempotency_keys (account_id, key, request_hash, response)
  VALUES (p_diner, p_key, p_request_hash, v_response)
  ON CONFLICT (account_id, key) WHERE account_id IS NOT NULL DO NOTHING;
  -- Another kind of request has just used the key: nothing is written, and asking again finds it.
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the key was used meanwhile' USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN jsonb_build_object('reservation', v_response, 'replayed', false);
END
$$;

CREATE OR REPLACE FUNCTION take_ticket(
  p_restaurant uuid,
  p_channel text,
  p_account uuid,
  p_session_epoch integer,
  p_kiosk_hash text,
  p_key text,
  p_request_hash text,
  p_party_size integer,
  p_dining text,
  p_phone text,
  p_email text,
  p_locale text,
  p_address text,
  p_estimate jsonb DEFAULT NULL,
  p_session uuid DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_restaurant record;
  v_asker uuid;
  v_stored record;
  v_today date;
  v_line record;
  v_now timestamptz;
  v_quote record;
  v_number integer;
  v_waiting uuid;
  v_retake timestamptz;
  v_id uuid := gen_random_uuid();
  v_event uuid := gen_random_uuid();
BEGIN
  SELECT r.id, r.published, r.time_zone, r.day_cut_minutes, s.state, s.reason,
         a.id AS account, a.email_confirmed_at, a.locale, k.id AS kiosk, k.revoked_at
    INTO v_restaurant
    FROM restaurants r
    LEFT JOIN line_settings s ON s.restaurant_id = r.id
    LEFT JOIN accounts a ON a.id = p_account
    LEFT JOIN kiosks k ON k.token_hash = p_kiosk_hash AND k.restaurant_id = r.id
   WHERE r.id = p_restaurant AND r.deleted_at IS NULL;
  IF NOT FOUND OR (p_channel = 'ONLINE' AND NOT v_restaurant.published) THEN
    RETURN jsonb_build_object('reason', 'not-found');
  ELSIF p_kiosk_hash IS NOT NULL AND (v_restaurant.kiosk IS NULL OR v_restaurant.revoked_at IS NOT NULL) THEN
    RETURN jsonb_build_object('reason', 'kiosk-revoked');
  ELSIF p_kiosk_hash IS NULL AND (v_restaurant.account IS NULL
         OR (p_session_epoch IS NOT NULL AND NOT is_session_live(p_account, p_session_epoch, p_session))) THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  ELSIF p_kiosk_hash IS NULL AND is_session_shared(p_session) THEN
    RETURN jsonb_build_object('reason', 'shared-tablet');
  ELSIF p_channel = 'KIOSK' AND p_kiosk_hash IS NULL
        AND lock_acting_role(p_account => p_account, p_restaurant => p_restaurant, p_edits => false) IS NULL THEN
    RETURN jsonb_build_object('reason', 'not-found');
  END IF;
  v_asker := coalesce(v_restaurant.kiosk, v_restaurant.account);

  IF NOT pg_try_advisory_xact_lock(hashtextextended(v_asker::text || ' ' || p_key, 4)) THEN
    RETURN jsonb_build_object('reason', 'in-progress');
  END IF;
  SELECT id, taken_hash INTO v_stored FROM tickets WHERE asker_id = v_asker AND taken_key = p_key;
  IF FOUND THEN
    IF v_stored.taken_hash <> p_request_hash THEN
      RETURN jsonb_build_object('reason', 'key-reused');
    END IF;
    RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
  ELSIF v_restaurant.state IS NULL THEN
    RETURN jsonb_build_object('reason', 'no-line');
  END IF;

  v_today := service_date_at(clock_timestamp(), v_restaurant.time_zone, v_restaurant.day_cut_minutes);
  -- Looked for before the lock too, so that tapping again never waits for those who join. Among the
  -- account's own tickets, which are few: IS NOT DISTINCT FROM keeps the planner from going through
  -- the line's instead, which look like few to it while a rush is young.
  IF p_channel = 'ONLINE' THEN
    SELECT id INTO v_stored FROM tickets
     WHERE account_id = p_account AND restaurant_id IS NOT DISTINCT FROM p_restaurant AND service_date IS NOT DISTINCT FROM v_today
       AND is_ticket_active_at(status, lapses_at, clock_timestamp());
    IF FOUND THEN
      RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
    ELSIF v_restaurant.email_confirmed_at IS NULL THEN
      RETURN jsonb_build_object('reason', 'address-unconfirmed');
    END IF;
  END IF;
  IF p_phone IS NOT NULL OR p_email IS NOT NULL THEN
    IF find_contact_ticket(p_restaurant, v_today, p_phone, p_email) IS NOT NULL THEN
      v_now := lock_line(p_restaurant, v_today);
      v_waiting := find_contact_ticket(p_restaurant, v_today, p_phone, p_email);
    END IF;
    IF v_waiting IS NOT NULL THEN
      PERFORM remind_contact(v_waiting, p_account, p_address, v_now);
      RETURN jsonb_build_object('reason', 'already-in-line');
    END IF;
  END IF;
  v_retake := retake_at(CASE p_channel WHEN 'ONLINE' THEN p_account END, p_phone, p_email, clock_timestamp());
  IF v_retake IS NOT NULL THEN
    RETURN jsonb_build_object('reason', 'line-too-often',
                              'retryAfterMs', ceil(extract(epoch FROM v_retake - clock_timestamp()) * 1000));
  END IF;
  IF v_restaurant.state <> 'OPEN' THEN
    RETURN jsonb_build_object('reason', 'line-' || lower(v_restaurant.state::text), 'because', v_restaurant.reason);
  ELSIF NOT is_line_in_hours(p_restaurant, v_today, clock_timestamp()) THEN
    RETURN jsonb_build_object('reason', 'line-outside-hours', 'opensAt', iso_instant(line_opens_at(p_restaurant, clock_timestamp())));
  END IF;

  v_now := lock_line(p_restaurant, v_today);
  IF v_now IS NULL THEN
    INSERT INTO lines (restaurant_id, service_date) VALUES (p_restaurant, v_today) ON CONFLICT DO NOTHING;
    v_now := lock_line(p_restaurant, v_today);
  END IF;
  IF p_channel = 'ONLINE' THEN
    SELECT id INTO v_stored FROM tickets
     WHERE account_id = p_account AND restaurant_id IS NOT DISTINCT FROM p_restaurant AND service_date IS NOT DISTINCT FROM v_today
       AND is_ticket_active(status);
    IF FOUND THEN
      RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
    END IF;
  END IF;
  IF find_contact_ticket(p_restaurant, v_today, p_phone, p_email) IS NOT NULL THEN
    -- Taken a moment ago, with its mail.
    RETURN jsonb_build_object('reason', 'already-in-line');
  END IF;
  -- Read again under the lock: who pauses a line holds it too, and nobody joins behind that.
  SELECT s.state, s.reason, s.longest, l.active, l.ahead, l.last_number INTO v_line
    FROM line_settings s JOIN lines l ON l.restaurant_id = s.restaurant_id AND l.service_date = v_today
   WHERE s.restaurant_id = p_restaurant;
  IF v_line.state <> 'OPEN' THEN
    RETURN jsonb_build_object('reason', 'line-' || lower(v_line.state::text), 'because', v_line.reason);
  -- The hours may have ended while it waited for the lock.
  ELSIF NOT is_line_in_hours(p_restaurant, v_today, v_now) THEN
    RETURN jsonb_build_object('reason', 'line-outside-hours', 'opensAt', iso_instant(line_opens_at(p_restaurant, v_now)));
  ELSIF v_line.active >= v_line.longest THEN
    RETURN jsonb_build_object('reason', 'line-full', 'waiting', v_line.active);
  END IF;

  SELECT * INTO v_quote FROM quote_wait(CASE p_dining WHEN 'IN_STORE' THEN p_estimate END, v_line.ahead);
  v_number := v_line.last_number + 1;
  INSERT INTO tickets (id, restaurant_id, service_date, number, rank, party_size, dining, channel, account_id, kiosk_id,
                       contact_phone, contact_email, locale, taken_at, asker_id, taken_key, taken_hash,
                       quote_ahead, quote_basis_minutes, quote_from_minutes, quote_to_minutes)
  VALUES (v_id, p_restaurant, v_today, v_number, v_number, p_party_size, p_dining, p_channel,
          CASE p_channel WHEN 'ONLINE' THEN p_account END, v_restaurant.kiosk, p_phone, p_email,
          CASE p_channel WHEN 'ONLINE' THEN v_restaurant.locale ELSE p_locale END, v_now,
          v_asker, p_key, p_request_hash,
          CASE WHEN v_quote.basis_minutes IS NOT NULL THEN v_line.ahead END, v_quote.basis_minutes,
          v_quote.from_minutes, v_quote.to_minutes);
  INSERT INTO audit_events (id, at, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status)
  VALUES (v_event, v_now, p_account,
          CASE WHEN p_channel = 'ONLINE' THEN 'DINER' WHEN p_account IS NULL THEN 'SERVICE' ELSE 'OWNER' END,
          p_address, p_restaurant, 'TICKET', v_id, 'TAKE', 'WAITING');
  PERFORM queue_ticket_notice(v_id, v_event, 'TICKET_TAKEN', v_now, v_line.active + 1);
  RETURN jsonb_build_object('isNew', true, 'ticket', jsonb_build_object(
    'id', v_id, 'number', v_number, 'status', 'WAITING', 'place', v_line.active + 1,
    'serviceDate', v_today, 'partySize', p_party_size,
    'quote', CASE WHEN v_quote.from_minutes IS NOT NULL THEN
      jsonb_build_object('fromMinutes', v_quote.from_minutes, 'toMinutes', v_quote.to_minutes) END));
END
$$;

CREATE OR REPLACE FUNCTION enter_opening(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}'
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_person record;
  v_opening record;
  v_entry record;
  v_number integer;
  v_in_lobby boolean;
  v_id text := p_entry;
BEGIN
  SELECT email, email_confirmed_at IS NOT NULL AS confirmed,
         is_session_live(id, p_session_epoch, p_session) AS live
    INTO v_person
    FROM accounts WHERE id = p_account;
  IF v_person.live IS NOT TRUE THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  ELSIF is_session_shared(p_session) THEN
    RETURN jsonb_build_object('reason', 'shared-tablet');
  END IF;

  SELECT * INTO v_entry FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account;
  IF FOUND THEN
    RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
  ELSIF NOT v_person.confirmed THEN
    RETURN jsonb_build_object('reason', 'address-unconfirmed');
  END IF;

  PERFORM pg_advisory_xact_lock_shared(hashtextextended(p_opening::text, 5));
  -- Read after the lock: a freeze that has just ended is seen.
  SELECT o.lobby_opens_at, o.opens_at, o.gate_until, o.order_by, o.entry_by, o.entry_key, o.frozen_at IS NOT NULL AS frozen
    INTO v_opening
    FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
   WHERE o.id = p_opening AND o.cancelled_at IS NULL AND r.deleted_at IS NULL AND r.published;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('reason', 'not-found');
  ELSIF clock_timestamp() < v_opening.lobby_opens_at THEN
    RETURN jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_opening.lobby_opens_at));
  ELSIF clock_timestamp() >= v_opening.gate_until THEN
    RETURN jsonb_build_object('reason', 'opening-over');
  END IF;
  IF v_opening.entry_key IS NOT NULL THEN
    v_id := p_named #>> ARRAY[v_opening.entry_key, 'entry'];
    p_mailbox_key := decode(p_named #>> ARRAY[v_opening.entry_key, 'mailbox'], 'hex');
    IF v_id IS NULL THEN
      RETURN jsonb_build_object('reason', 'busy');
    END IF;
  END IF;
  IF v_opening.entry_by = 'MAILBOX' AND p_mailbox_key IS NOT NULL THEN
    v_id := name_mailbox_entry(p_mailbox_key, v_person.email);
    UPDATE opening_entries SET account_id = p_account
     WHERE opening_id = p_opening AND entry_id = v_id AND account_id IS NULL RETURNING * INTO v_entry;
    IF FOUND THEN
      RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
    ELSIF EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND entry_id = v_id AND account_id <> p_account) THEN
      RETURN jsonb_build_object('reason', 'mailbox-entered');
    END IF;
  END IF;
  v_in_lobby := clock_timestamp() < v_opening.opens_at AND NOT v_opening.frozen;
  IF NOT v_in_lobby OR v_opening.order_by = 'ARRIVAL' THEN
    UPDATE openings SET last_number = last_number + 1 WHERE id = p_opening RETURNING last_number INTO v_number;
  END IF;
  INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, number)
  VALUES (p_opening, p_account, v_id, v_in_lobby, v_number)
  -- Without a target: of two inserts at once the second may meet the entry's id, not the account.
  ON CONFLICT DO NOTHING
  RETURNING * INTO v_entry;
  IF NOT FOUND THEN
    -- A moment ago, by the same account or another of its mailbox; a number that was drawn for nothing
    -- is only a turn nobody takes.
    SELECT * INTO v_entry FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account;
    IF NOT FOUND THEN
      RETURN jsonb_build_object('reason', 'mailbox-entered');
    END IF;
    RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
  END IF;
  RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, true);
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
         WHERE t.account_id = p_account ORDER BY t.taken_at, t.id) AS p),
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
        SELECT kind, channel, recipient, locale, state, subject_id AS "subjectId", queued_at AS "queuedAt",
               due_at AS "dueAt", sent_at AS "sentAt", bounced_at AS "bouncedAt", attempts,
               last_error AS "lastError", routed_because AS "routedBecause",
               dropped_because AS "droppedBecause",
               -- The guests that an owner's day sheet names are other people.
               CASE kind WHEN 'DAY_SHEET' THEN payload - 'reservations' ELSE payload END AS payload
          FROM notices
         WHERE account_id = p_account OR (account_id IS NULL AND channel = 'MAIL' AND subject_id IN (
                 SELECT v.id FROM reservations v WHERE v.guest_id = ANY (ARRAY(SELECT guests_of_account(p_account)))))
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
