-- Written by npm run db:function.

DROP FUNCTION judge_booking(uuid,uuid,date,timestamp with time zone,uuid);

CREATE OR REPLACE FUNCTION judge_no_shows(p_diner uuid, p_restaurant uuid) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('reason', 'no-shows', 'bookableFrom', counted.ends_on)
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
  OUT confirm_within_minutes integer
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
  confirm_within_minutes := v_restaurant.confirm_within_minutes;
  v_today := service_date_at(now(), v_restaurant.time_zone, v_restaurant.day_cut_minutes);
  IF p_diner IS NOT NULL AND NOT p_is_change AND v_restaurant.no_show_limit IS NOT NULL THEN
    v_no_shows := judge_no_shows(p_diner => p_diner, p_restaurant => p_restaurant);
  END IF;
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

CREATE OR REPLACE FUNCTION enter_opening_unbooked(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}'
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_booked uuid := find_booking_at_opening(p_opening, p_account);
  v_no_shows jsonb := (SELECT judge_no_shows(p_diner => p_account, p_restaurant => o.restaurant_id)
                         FROM openings o WHERE o.id = p_opening);
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

CREATE OR REPLACE FUNCTION forget_diners() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_reservations uuid[];
BEGIN
  v_reservations := ARRAY(
    SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE (v.diner_id IS NOT NULL OR v.note IS NOT NULL OR v.staff_note IS NOT NULL)
       AND v.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', v.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY v.service_date LIMIT 1000 FOR UPDATE OF v SKIP LOCKED);
  UPDATE audit_events e SET actor_id = NULL, address = NULL
    FROM reservations v
   WHERE v.id = ANY (v_reservations) AND e.subject_id = v.id AND e.actor_id = v.diner_id;
  UPDATE notices n SET account_id = NULL
    FROM reservations v WHERE v.id = ANY (v_reservations) AND n.subject_id = v.id AND n.account_id = v.diner_id;
  UPDATE reservations SET diner_id = NULL, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL
   WHERE id = ANY (v_reservations);
  UPDATE opening_entries e SET account_id = NULL
    FROM reservations v JOIN openings o ON o.restaurant_id = v.restaurant_id AND o.service_date = v.service_date
   WHERE v.id = ANY (v_reservations) AND e.opening_id = o.id AND e.entry_id = v.entry_id;
  RETURN cardinality(v_reservations);
END
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
  UPDATE reservations SET guest_id = NULL, tells_guest = false, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL
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
  UPDATE reservations SET guest_id = NULL, tells_guest = false, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL
   WHERE id = ANY (v_reservations);
  DELETE FROM guests WHERE id = ANY (v_guests);
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
