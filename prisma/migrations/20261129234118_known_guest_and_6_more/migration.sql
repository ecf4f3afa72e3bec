-- Written by npm run db:function.

DROP FUNCTION take_ticket(uuid,text,uuid,integer,text,text,text,integer,text,text,text,text,text,jsonb,uuid);

CREATE OR REPLACE FUNCTION known_guest(p_restaurant uuid, p_phone text, p_email text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT g.id FROM guests g
   WHERE g.restaurant_id = p_restaurant
     AND (g.phone = p_phone OR (p_phone IS NULL AND g.email = p_email))
   ORDER BY g.created_at DESC, g.id LIMIT 1
$$;

CREATE OR REPLACE FUNCTION keep_consenting_guest(
  p_restaurant uuid,
  p_name text,
  p_phone text,
  p_email text,
  p_locale text,
  p_way text,
  p_actor uuid,
  p_role text,
  p_at timestamptz
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_guest uuid;
BEGIN
  LOOP
    SELECT id INTO v_guest FROM guests
     WHERE id = known_guest(p_restaurant => p_restaurant, p_phone => p_phone, p_email => p_email) FOR KEY SHARE;
    EXIT WHEN FOUND;
    INSERT INTO guests (restaurant_id, name, phone, email, locale, consent_way, consented_at)
    VALUES (p_restaurant, p_name, p_phone, p_email, p_locale, p_way, p_at)
    ON CONFLICT DO NOTHING RETURNING id INTO v_guest;
    EXIT WHEN FOUND;
  END LOOP;
  INSERT INTO audit_events (at, actor_id, actor_role, restaurant_id, subject, subject_id, act, to_status, details)
  VALUES (p_at, p_actor, p_role, p_restaurant, 'GUEST', v_guest, 'GIVE_CONSENT', 'GIVEN', jsonb_build_object('way', p_way));
  RETURN v_guest;
END
$$;

CREATE OR REPLACE FUNCTION forget_consenting_guest(p_guest uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_is_by_consent_alone boolean;
BEGIN
  PERFORM 1 FROM guests WHERE id IN (SELECT guests_merged_with(p_guest => p_guest))
    ORDER BY merged_into IS NULL, id FOR UPDATE;
  PERFORM 1 FROM tickets WHERE guest_id = p_guest ORDER BY id FOR UPDATE;
  UPDATE tickets SET guest_id = NULL WHERE guest_id = p_guest;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  SELECT g.consent_way IS NOT NULL AND g.account_id IS NULL
         AND NOT EXISTS (SELECT FROM reservations v WHERE v.guest_id = g.id)
    INTO v_is_by_consent_alone FROM guests g WHERE g.id = p_guest;
  IF v_is_by_consent_alone THEN
    UPDATE guests SET merged_into = NULL WHERE merged_into = p_guest;
    DELETE FROM guests WHERE id = p_guest;
  ELSE
    UPDATE guests SET consent_way = NULL, consented_at = NULL WHERE id = p_guest;
  END IF;
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION forget_old_guests() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_reservations uuid[];
  v_tickets uuid[];
  v_guests uuid[];
BEGIN
  v_reservations := ARRAY(
    SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE v.guest_id IS NOT NULL AND v.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', v.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY v.service_date LIMIT 1000 FOR UPDATE OF v SKIP LOCKED);
  UPDATE reservations SET guest_id = NULL, tells_guest = false, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL
   WHERE id = ANY (v_reservations);
  v_tickets := ARRAY(
    SELECT t.id FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.guest_id IS NOT NULL AND t.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', t.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY t.service_date LIMIT 1000 FOR UPDATE OF t SKIP LOCKED);
  UPDATE tickets SET guest_id = NULL WHERE id = ANY (v_tickets);
  v_guests := ARRAY(
    SELECT g.id FROM guests g
     WHERE g.created_at < now() - kept_for('names') AND g.merged_into IS NULL
       AND NOT EXISTS (SELECT FROM guests m WHERE m.merged_into = g.id AND m.created_at >= now() - kept_for('names'))
       -- In this order: nearly all have one of their own, which is found at once.
       AND CASE WHEN EXISTS (SELECT FROM reservations v WHERE v.guest_id = g.id) THEN false
                ELSE NOT EXISTS (SELECT FROM reservations_of_guest(g.id)) END
       AND NOT EXISTS (SELECT FROM tickets t WHERE t.guest_id IN (SELECT guests_merged_with(p_guest => g.id)))
     ORDER BY g.created_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  DELETE FROM guests WHERE id = ANY (v_guests) OR merged_into = ANY (v_guests);
  RETURN cardinality(v_reservations) + cardinality(v_tickets) + cardinality(v_guests);
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
  p_session uuid DEFAULT NULL,
  p_remembered_as text DEFAULT NULL
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
  v_guest uuid;
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
  IF p_remembered_as IS NOT NULL THEN
    v_guest := keep_consenting_guest(
      p_restaurant => p_restaurant, p_name => p_remembered_as, p_phone => p_phone, p_email => p_email,
      p_locale => p_locale, p_way => CASE WHEN p_account IS NULL THEN 'KIOSK' ELSE 'IN_PERSON' END,
      p_actor => p_account, p_role => CASE WHEN p_account IS NULL THEN 'DINER' ELSE 'OWNER' END, p_at => v_now);
  END IF;
  INSERT INTO tickets (id, restaurant_id, service_date, number, rank, party_size, dining, channel, account_id, kiosk_id, guest_id,
                       contact_phone, contact_email, locale, taken_at, asker_id, taken_key, taken_hash,
                       quote_ahead, quote_basis_minutes, quote_from_minutes, quote_to_minutes)
  VALUES (v_id, p_restaurant, v_today, v_number, v_number, p_party_size, p_dining, p_channel,
          CASE p_channel WHEN 'ONLINE' THEN p_account END, v_restaurant.kiosk, v_guest, p_phone, p_email,
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
