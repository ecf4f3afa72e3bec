-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION guests_of_account(p_account uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT g.id FROM accounts a JOIN guests g ON g.email = a.email
   WHERE a.id = p_account AND a.email_confirmed_at IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION forget_old_guests() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_reservations uuid[];
  v_guests uuid[];
BEGIN
  v_reservations := ARRAY(
    SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE v.guest_id IS NOT NULL AND v.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', v.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY v.service_date LIMIT 1000 FOR UPDATE OF v SKIP LOCKED);
  UPDATE reservations SET guest_id = NULL, tells_guest = false, note = NULL, allergies = NULL, staff_note = NULL
   WHERE id = ANY (v_reservations);
  v_guests := ARRAY(
    SELECT g.id FROM guests g
     WHERE g.created_at < now() - kept_for('names')
       AND NOT EXISTS (SELECT FROM reservations v WHERE v.guest_id = g.id)
     ORDER BY g.created_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  DELETE FROM guests WHERE id = ANY (v_guests);
  RETURN cardinality(v_reservations) + cardinality(v_guests);
END
$$;

CREATE OR REPLACE FUNCTION forget_guests_of(p_account uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_guests uuid[] := ARRAY(SELECT guests_of_account(p_account));
  v_reservations uuid[] := ARRAY(SELECT id FROM reservations WHERE guest_id = ANY (v_guests));
BEGIN
  UPDATE notices n SET payload = jsonb_set(payload, '{reservations}', (
      SELECT jsonb_agg(CASE WHEN (party ->> 'guestId')::uuid = ANY (v_guests)
                       THEN party || '{"guestId": null, "dinerName": null, "note": null, "allergies": null}' ELSE party END
                       ORDER BY ordinal)
        FROM jsonb_array_elements(payload -> 'reservations') WITH ORDINALITY AS p (party, ordinal)))
   WHERE kind = 'DAY_SHEET' AND subject_id IN (SELECT restaurant_id FROM guests WHERE id = ANY (v_guests))
     AND EXISTS (SELECT FROM jsonb_array_elements(payload -> 'reservations') AS party
                  WHERE (party ->> 'guestId')::uuid = ANY (v_guests));
  -- A restaurant's Slack is told about notices that can't be delivered.
  PERFORM empty_notices(p_notices => ARRAY(
    SELECT n.id FROM notices n WHERE n.subject_id = ANY (v_reservations)
    UNION
    SELECT t.id FROM notices t JOIN notices n ON n.event_id = t.event_id
     WHERE t.kind = 'DELIVERY_TROUBLE' AND n.subject_id = ANY (v_reservations)));
  UPDATE reservations SET guest_id = NULL, tells_guest = false, note = NULL, allergies = NULL, staff_note = NULL
   WHERE id = ANY (v_reservations);
  DELETE FROM guests WHERE id = ANY (v_guests);
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
           'holdExpiresAt', iso_instant(v.hold_expires_at), 'cancelledBy', v.cancelled_by,
           'dinerName', coalesce(a.name, g.name), 'isGuest', g.id IS NOT NULL, 'tableNumbers', (
             SELECT jsonb_agg(DISTINCT t.number) FROM reservation_slots c
               JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
              WHERE c.reservation_id = v.id),
           'restaurant', jsonb_build_object(
             'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
             'phone', r.phone, 'timeZone', r.time_zone))
    FROM reservations v
    JOIN restaurants r ON r.id = v.restaurant_id
    LEFT JOIN accounts a ON a.id = v.diner_id
    LEFT JOIN guests g ON g.id = v.guest_id
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

CREATE OR REPLACE FUNCTION erase_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_account record;
  v_guests uuid[];
BEGIN
  v_guests := ARRAY(SELECT guests_of_account(p_account));
  PERFORM 1 FROM guests WHERE id = ANY (v_guests) ORDER BY id FOR UPDATE;
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
               FROM tickets t WHERE t.account_id = p_account AND t.restaurant_id = visited.id))
    FROM (SELECT restaurant_id AS id FROM reservations WHERE diner_id = p_account OR guest_id = ANY (v_guests)
           UNION SELECT restaurant_id FROM tickets WHERE account_id = p_account) AS visited;
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
  PERFORM forget_guests_of(p_account => p_account);
  DELETE FROM staff_invitations WHERE email = v_account.email;
  DELETE FROM link_requests WHERE email = v_account.email;
  DELETE FROM mail_refusals WHERE address = v_account.email;
  UPDATE reservations SET diner_id = NULL, note = NULL, allergies = NULL, staff_note = NULL WHERE diner_id = p_account;
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
               v.note, v.allergies, v.hold_expires_at AS "holdExpiresAt",
               v.late_minutes AS "lateMinutes", v.arrived_at AS "arrivedAt", v.seated_at AS "seatedAt",
               v.left_at AS "leftAt", v.cancelled_by AS "cancelledBy", v.created_at AS "bookedAt",
               v.source, v.tells_guest AS "isTold"
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

CREATE OR REPLACE FUNCTION forget_overdue(p_what text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CASE p_what
    WHEN 'guest-contacts' THEN RETURN forget_guest_contacts();
    WHEN 'allergies' THEN RETURN forget_allergies();
    WHEN 'notice-contents' THEN RETURN forget_notices();
    WHEN 'idempotency-keys' THEN RETURN forget_idempotency_keys();
    WHEN 'network-addresses' THEN RETURN cut_network_addresses();
    WHEN 'link-requests' THEN RETURN forget_link_requests();
    WHEN 'mailed-links' THEN RETURN forget_mailed_links();
    WHEN 'refused-addresses' THEN RETURN forget_refused_addresses();
    WHEN 'invitations' THEN RETURN forget_invitations();
    WHEN 'unconfirmed-accounts' THEN RETURN close_unconfirmed_accounts();
    WHEN 'sleeping-accounts' THEN RETURN tell_sleepers() + close_sleepers();
    WHEN 'names' THEN RETURN forget_diners() + forget_parties() + forget_old_guests();
  END CASE;
END
$$;

CREATE OR REPLACE VIEW sleeping_accounts AS
  SELECT a.id, a.seen_at,
         CASE WHEN a.sleep_told_at > now() - kept_for('sleeping-accounts') THEN a.sleep_told_at END AS told_at
    FROM accounts a
   WHERE a.role = 'DINER' AND a.email_confirmed_at IS NOT NULL AND a.seen_at < now() - kept_for('sleeping-accounts')
     AND NOT EXISTS (SELECT FROM restaurant_staff s WHERE s.account_id = a.id)
     AND NOT EXISTS (SELECT FROM reservations v WHERE v.diner_id = a.id
                        AND (v.starts_at > now() - kept_for('sleeping-accounts') OR v.created_at > now() - kept_for('sleeping-accounts')))
     AND NOT EXISTS (SELECT FROM guests g JOIN reservations v ON v.guest_id = g.id
                      WHERE g.email = a.email
                        AND (v.starts_at > now() - kept_for('sleeping-accounts') OR v.created_at > now() - kept_for('sleeping-accounts')))
     AND NOT EXISTS (SELECT FROM tickets t WHERE t.account_id = a.id AND t.taken_at > now() - kept_for('sleeping-accounts'));
