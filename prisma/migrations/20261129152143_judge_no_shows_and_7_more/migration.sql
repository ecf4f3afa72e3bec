-- Written by npm run db:function.

DROP FUNCTION judge_booking(uuid,uuid,date,timestamp with time zone,uuid,boolean);

DROP FUNCTION judge_no_shows(uuid,uuid);

CREATE OR REPLACE FUNCTION judge_no_shows(p_diner uuid, p_restaurant uuid, OUT refusal jsonb, OUT awaits_staff boolean)
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN NOT r.holds_after_no_shows THEN
           jsonb_build_object('reason', 'no-shows', 'bookableFrom', counted.ends_on) END,
         r.holds_after_no_shows
    FROM restaurants r
   CROSS JOIN LATERAL (
     SELECT (v.service_date + make_interval(months => r.no_show_months))::date AS ends_on
       FROM reservations v
      WHERE v.diner_id = p_diner AND v.restaurant_id = r.id
        AND v.status = 'NO_SHOW' AND v.dispute_granted IS NOT TRUE
      ORDER BY v.service_date DESC LIMIT 1 OFFSET r.no_show_limit - 1) counted
   WHERE r.id = p_restaurant AND r.no_show_limit IS NOT NULL
     AND counted.ends_on > service_date_at(now(), r.time_zone, r.day_cut_minutes)
$$;

CREATE OR REPLACE FUNCTION judge_booking(
  p_diner uuid,
  p_restaurant uuid,
  p_service_date date,
  p_starts_at timestamptz,
  p_turn uuid,
  p_is_change boolean DEFAULT false,
  OUT refusal jsonb,
  OUT confirm_within_minutes integer,
  OUT awaits_staff boolean
)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  v_restaurant record;
  v_today date;
  v_no_shows jsonb;
BEGIN
  SELECT r.*, d.opens_at, d.service_date AS scheduled, d.closed,
         a.id AS diner, a.email_confirmed_at,
         o.id AS opening, o.opens_at AS gate_from, o.gate_until
    INTO v_restaurant
    FROM restaurants r
    LEFT JOIN accounts a ON a.id = p_diner
    LEFT JOIN openings o ON o.restaurant_id = r.id AND o.service_date = p_service_date AND o.cancelled_at IS NULL
    LEFT JOIN service_dates d ON d.restaurant_id = r.id AND d.service_date = p_service_date
   WHERE r.id = p_restaurant AND r.deleted_at IS NULL AND r.published;
  IF NOT FOUND THEN
    refusal := jsonb_build_object('reason', 'not-found');
    RETURN;
  END IF;
  v_today := service_date_at(now(), v_restaurant.time_zone, v_restaurant.day_cut_minutes);
  awaits_staff := false;
  IF p_diner IS NOT NULL AND NOT p_is_change AND v_restaurant.no_show_limit IS NOT NULL THEN
    SELECT n.refusal, coalesce(n.awaits_staff, false) INTO v_no_shows, awaits_staff
      FROM judge_no_shows(p_diner => p_diner, p_restaurant => p_restaurant) n;
  END IF;
  confirm_within_minutes := CASE WHEN awaits_staff THEN 24 * 60 ELSE v_restaurant.confirm_within_minutes END;
  refusal := CASE
    WHEN p_diner IS NOT NULL AND v_restaurant.diner IS NULL THEN jsonb_build_object('reason', 'signed-out')
    WHEN p_diner IS NOT NULL AND v_restaurant.email_confirmed_at IS NULL THEN jsonb_build_object('reason', 'address-unconfirmed')
    WHEN v_no_shows IS NOT NULL THEN v_no_shows
    WHEN p_service_date < v_today THEN jsonb_build_object('reason', 'past-date', 'today', v_today)
    WHEN v_restaurant.same_day_only AND p_service_date <> v_today THEN
      jsonb_build_object('reason', 'not-today', 'today', v_today)
    WHEN p_service_date > v_today + v_restaurant.horizon_days THEN
      jsonb_build_object('reason', 'beyond-horizon', 'lastDate', v_today + v_restaurant.horizon_days)
    WHEN NOT v_restaurant.bookings_on THEN jsonb_build_object('reason', 'bookings-off')
    WHEN v_restaurant.scheduled IS NULL OR v_restaurant.closed THEN jsonb_build_object('reason', 'closed-day')
    WHEN v_restaurant.opens_at > now() THEN
      jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_restaurant.opens_at))
    WHEN v_restaurant.gate_from > now() THEN
      jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_restaurant.gate_from),
                         'openingId', v_restaurant.opening)
    WHEN v_restaurant.gate_until > now() AND v_restaurant.opening IS DISTINCT FROM p_turn THEN
      jsonb_build_object('reason', 'no-turn', 'openingId', v_restaurant.opening)
    WHEN p_starts_at <= now() THEN jsonb_build_object('reason', 'past-time')
  END;
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

CREATE OR REPLACE FUNCTION enter_opening_unbooked(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}'
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_booked uuid := find_booking_at_opening(p_opening, p_account);
  v_no_shows jsonb := (SELECT n.refusal FROM openings o
                        CROSS JOIN LATERAL judge_no_shows(p_diner => p_account, p_restaurant => o.restaurant_id) n
                        WHERE o.id = p_opening);
BEGIN
  IF (v_booked IS NOT NULL OR v_no_shows IS NOT NULL)
     AND is_session_live(p_account, p_session_epoch, p_session)
     AND NOT EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account) THEN
    IF v_booked IS NULL THEN
      RETURN v_no_shows;
    END IF;
    RETURN jsonb_build_object('reason', 'already-booked', 'reservationId', v_booked);
  END IF;
  RETURN enter_opening(p_opening, p_account, p_session_epoch, p_entry, p_mailbox_key, p_session, p_named);
END
$$;

CREATE OR REPLACE FUNCTION queue_reservation_notice(p_reservation uuid, p_event uuid, p_kind text, p_due_at timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, due_at, give_up_at, payload)
  SELECT p_event, told.kind, route.channel, route.because, CASE WHEN route.channel <> 'SLACK' THEN a.id END, r.id, v.id,
         CASE WHEN route.channel = 'SLACK' THEN 'slack' ELSE coalesce(a.email, g.email) END, coalesce(route.locale, a.locale, g.locale), told.due_at,
         CASE WHEN told.kind = p_kind THEN told.due_at + interval '24 hours' ELSE v.starts_at END,
         jsonb_build_object(
           'reservationId', v.id, 'status', v.status, 'serviceDate', v.service_date,
           'startsAt', iso_instant(v.starts_at), 'endsAt', iso_instant(v.ends_at),
           'partySize', v.party_size, 'note', v.note, 'allergies', v.allergies, 'sequence', v.sequence,
           'holdExpiresAt', iso_instant(v.hold_expires_at), 'awaitsStaff', v.awaits_staff, 'cancelledBy', v.cancelled_by,
           'dinerName', coalesce(a.name, g.name), 'isGuest', g.id IS NOT NULL, 'tableNumbers', (
             SELECT jsonb_agg(DISTINCT t.number) FROM reservation_slots c
               JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
              WHERE c.reservation_id = v.id AND NOT c.moved_away),
           'restaurant', jsonb_build_object(
             'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
             'phone', r.phone, 'timeZone', r.time_zone))
    FROM reservations v
    JOIN restaurants r ON r.id = v.restaurant_id
    LEFT JOIN accounts a ON a.id = v.diner_id
    LEFT JOIN guests g ON g.id = v.guest_id
    CROSS JOIN LATERAL (
      SELECT p_kind = 'RESERVATION_CONFIRMED'
             OR (v.status = 'CONFIRMED' AND coalesce(p_kind, 'RESERVATION_CHANGED') = 'RESERVATION_CHANGED') AS reminders) brings
    CROSS JOIN LATERAL (
      SELECT p_kind AS kind, p_due_at AS due_at WHERE p_kind IS NOT NULL
      UNION ALL
      -- Six in the evening of the day before, on the restaurant's wall. Who books later than that,
      -- or on the day itself, has no such evening.
      SELECT 'RESERVATION_TOMORROW', (v.service_date - 1 + time '18:00') AT TIME ZONE r.time_zone
       WHERE brings.reminders
         AND (v.service_date - 1 + time '18:00') AT TIME ZONE r.time_zone > now()
      UNION ALL
      -- Who books less than half an hour before it knows it yet.
      SELECT 'RESERVATION_SOON', v.starts_at - interval '2 hours'
       WHERE brings.reminders
         AND v.starts_at - interval '2 hours' > now() + interval '30 minutes') told
    CROSS JOIN LATERAL notice_routes(told.kind, a.id, r.id) AS route
   WHERE v.id = p_reservation AND num_nonnulls(a.id, g.id) = 1
     AND (a.id IS NOT NULL OR route.channel = 'SLACK' OR (v.tells_guest AND g.email IS NOT NULL))
     -- A reservation that stands again is reminded of once.
     AND (told.kind = p_kind OR NOT EXISTS (
       SELECT FROM notices n WHERE n.subject_id = v.id AND n.kind = told.kind AND n.state = 'QUEUED'))
$$;

CREATE OR REPLACE FUNCTION queue_hold_to_confirm(p_reservation uuid, p_event uuid) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, give_up_at, payload)
  SELECT p_event, 'HOLD_TO_CONFIRM', a.id, r.id, v.id, a.email, a.locale, v.hold_expires_at, jsonb_build_object(
           'reservationId', v.id, 'serviceDate', v.service_date, 'startsAt', iso_instant(v.starts_at),
           'partySize', v.party_size, 'holdExpiresAt', iso_instant(v.hold_expires_at),
           'restaurant', jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'timeZone', r.time_zone))
    FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
    JOIN restaurant_staff w ON w.restaurant_id = r.id AND w.role = 'OWNER'
    JOIN accounts a ON a.id = w.account_id AND a.email_confirmed_at IS NOT NULL AND a.owner_approved_at IS NOT NULL
   WHERE v.id = p_reservation
$$;

CREATE OR REPLACE FUNCTION notice_overtaken_by(p_kind text, p_subject uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_because text;
BEGIN
  IF p_kind IN ('RESERVATION_CONFIRMED', 'RESERVATION_HELD', 'RESERVATION_CHANGED', 'RESERVATION_TOMORROW', 'RESERVATION_SOON', 'RESERVATION_NO_SHOW') THEN
    v_because := reservation_notice_overtaken_by(p_kind, p_subject);
  ELSIF p_kind = 'HOLD_TO_CONFIRM' THEN
    v_because := reservation_notice_overtaken_by('RESERVATION_HELD', p_subject);
  ELSIF p_kind LIKE 'TICKET_%' THEN
    v_because := ticket_notice_overtaken_by(p_kind, p_subject);
  END IF;
  IF v_because IS NOT NULL AND is_act_settling(p_subject) THEN
    RETURN 'settling';
  END IF;
  RETURN v_because;
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
               expires_at AS "expiresAt", proof, proved_at AS "provedAt", passkey_at AS "passkeyAt"
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
        SELECT r.name AS restaurant, g.name, g.phone, g.email, g.locale, g.created_at AS "notedAt"
          FROM guests g JOIN restaurants r ON r.id = g.restaurant_id
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
        SELECT r.name AS restaurant, s.role, s.wants_day_sheet AS "wantsDaySheet"
          FROM restaurant_staff s JOIN restaurants r ON r.id = s.restaurant_id
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
