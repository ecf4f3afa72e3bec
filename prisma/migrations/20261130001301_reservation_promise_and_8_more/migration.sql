-- A diner's booking writes one notice, which has no channel yet: the worker that takes it makes the
-- others. Written as npm run db:function does, but for the constraint.

ALTER TABLE notices
  DROP CONSTRAINT notices_channel_known,
  ADD CONSTRAINT notices_channel_known CHECK (channel IN ('NONE', 'MAIL', 'PUSH', 'SLACK'));

DROP FUNCTION place_reservation(uuid,text,text,uuid,date,timestamp with time zone,integer,uuid,text,text,integer,text,uuid[],uuid,integer,uuid);

CREATE OR REPLACE FUNCTION reservation_promise(p_reservation reservations) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'status', p_reservation.status, 'serviceDate', p_reservation.service_date,
    'startsAt', iso_instant(p_reservation.starts_at), 'endsAt', iso_instant(p_reservation.ends_at),
    'partySize', p_reservation.party_size, 'note', p_reservation.note, 'allergies', p_reservation.allergies,
    'sequence', p_reservation.sequence, 'holdExpiresAt', iso_instant(p_reservation.hold_expires_at),
    'awaitsStaff', p_reservation.awaits_staff, 'cancelledBy', p_reservation.cancelled_by)
$$;

CREATE OR REPLACE FUNCTION reservation_reminders(p_service_date date, p_starts_at timestamptz, p_time_zone text, p_told_at timestamptz)
RETURNS TABLE (kind text, due_at timestamptz)
LANGUAGE sql STABLE AS $$
  -- Six in the evening of the day before, on the restaurant's wall. Who books later than that,
  -- or on the day itself, has no such evening.
  SELECT 'RESERVATION_TOMORROW', (p_service_date - 1 + time '18:00') AT TIME ZONE p_time_zone
   WHERE (p_service_date - 1 + time '18:00') AT TIME ZONE p_time_zone > p_told_at
  UNION ALL
  -- Who books less than half an hour before it knows it yet.
  SELECT 'RESERVATION_SOON', p_starts_at - interval '2 hours'
   WHERE p_starts_at - interval '2 hours' > p_told_at + interval '30 minutes'
$$;

CREATE OR REPLACE FUNCTION queue_booking_notice(p_reservation uuid, p_event uuid, p_kind text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notices (event_id, kind, channel, account_id, restaurant_id, subject_id, recipient, locale, payload)
  SELECT p_event, p_kind, 'NONE', a.id, v.restaurant_id, v.id, a.email, a.locale, jsonb_strip_nulls(reservation_promise(v))
    FROM reservations v JOIN accounts a ON a.id = v.diner_id
   WHERE v.id = p_reservation;
END
$$;

CREATE OR REPLACE FUNCTION try_keep_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF p_account IS NULL THEN
    RETURN true;
  END IF;
  PERFORM 1 FROM accounts WHERE id = p_account FOR KEY SHARE SKIP LOCKED;
  RETURN FOUND;
END
$$;

CREATE OR REPLACE FUNCTION fan_out_notice(
  p_event uuid, p_kind text, p_account uuid, p_restaurant uuid, p_subject uuid, p_recipient text, p_locale text,
  p_promised jsonb, p_ordinal bigint, p_queued_at timestamptz, p_give_up_at timestamptz
) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale,
                       queued_at, give_up_at, payload, ordinal)
  OVERRIDING SYSTEM VALUE
  SELECT p_event, p_kind, route.channel, route.because, CASE WHEN route.channel <> 'SLACK' THEN p_account END,
         p_restaurant, p_subject, CASE WHEN route.channel = 'SLACK' THEN 'slack' ELSE p_recipient END,
         coalesce(route.locale, p_locale), p_queued_at, p_give_up_at, p_promised, p_ordinal
    FROM notice_routes(p_kind, p_account, p_restaurant) AS route
   WHERE route.channel <> 'MAIL'
  ON CONFLICT DO NOTHING;

  IF p_kind = 'RESERVATION_CONFIRMED' AND NOT p_promised ? 'hasReminders' THEN
    INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale,
                         queued_at, due_at, give_up_at, payload)
    SELECT p_event, reminder.kind, route.channel, route.because, p_account, p_restaurant, v.id, p_recipient,
           coalesce(route.locale, p_locale), p_queued_at, reminder.due_at, v.starts_at, jsonb_strip_nulls(reservation_promise(v))
      FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
      CROSS JOIN LATERAL reservation_reminders(v.service_date, v.starts_at, r.time_zone, p_queued_at) AS reminder
      CROSS JOIN LATERAL notice_routes(reminder.kind, p_account, NULL) AS route
     WHERE v.id = p_subject AND NOT EXISTS (
       SELECT FROM notices n WHERE n.subject_id = v.id AND n.kind = reminder.kind AND n.state = 'QUEUED')
    ON CONFLICT DO NOTHING;
  END IF;

  RETURN (SELECT route.because FROM notice_routes(p_kind, p_account, p_restaurant) AS route WHERE route.channel = 'MAIL');
END
$$;

CREATE OR REPLACE FUNCTION queue_reservation_notice(p_reservation uuid, p_event uuid, p_kind text, p_due_at timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, due_at, give_up_at, payload)
  SELECT p_event, told.kind, route.channel, route.because, CASE WHEN route.channel <> 'SLACK' THEN a.id END, r.id, v.id,
         CASE WHEN route.channel = 'SLACK' THEN 'slack' ELSE coalesce(a.email, g.email) END, coalesce(route.locale, a.locale, g.locale), told.due_at,
         CASE WHEN told.kind = p_kind THEN told.due_at + interval '24 hours' ELSE v.starts_at END,
         reservation_promise(v) || jsonb_build_object(
           'reservationId', v.id,
           'dinerName', coalesce(a.name, g.name), 'isGuest', g.id IS NOT NULL,
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
      SELECT reminder.kind, reminder.due_at
        FROM reservation_reminders(v.service_date, v.starts_at, r.time_zone, now()) AS reminder
       WHERE brings.reminders) told
    CROSS JOIN LATERAL notice_routes(told.kind, a.id, r.id) AS route
   WHERE v.id = p_reservation AND num_nonnulls(a.id, g.id) = 1
     AND (a.id IS NOT NULL OR route.channel = 'SLACK' OR (v.tells_guest AND g.email IS NOT NULL))
     -- A reservation that stands again is reminded of once.
     AND (told.kind = p_kind OR NOT EXISTS (
       SELECT FROM notices n WHERE n.subject_id = v.id AND n.kind = told.kind AND n.state = 'QUEUED'))
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

  -- A booking's notice keeps its promise alone. Its time zone stays as long as there is a seating to come.
  IF p_kind LIKE 'RESERVATION_%' AND payload ? 'startsAt' AND NOT payload ? 'restaurant' THEN
    SELECT r.time_zone INTO v FROM restaurants r WHERE r.id = p_restaurant;
    payload := jsonb_build_object('reservationId', p_subject, 'note', NULL, 'allergies', NULL, 'dinerName', NULL, 'isGuest', false,
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
  VALUES (p_diner, p_key, p_request_hash, v_response)
  ON CONFLICT (account_id, key) WHERE account_id IS NOT NULL DO NOTHING;
  -- Another kind of request has just used the key: nothing is written, and asking again finds it.
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the key was used meanwhile' USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN jsonb_build_object('reservation', v_response, 'replayed', false);
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
