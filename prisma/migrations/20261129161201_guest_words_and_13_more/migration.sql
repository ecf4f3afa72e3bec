-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION guest_words(p_restaurant uuid, p_name text, p_phone text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000 SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_book constant text := replace(p_restaurant::text, '-', '');
  v_key constant text := replace(typed_key(p_name), ' ', '');
  v_initials constant text := typed_initials(p_name);
  v_words text[] := '{}';
BEGIN
  FOR place IN 1 .. length(v_key) LOOP
    v_words := v_words || (v_book || substr(v_key, place, 24));
  END LOOP;
  FOR place IN 1 .. length(v_initials) LOOP
    v_words := v_words || (v_book || '#' || substr(v_initials, place, 24));
  END LOOP;
  IF p_phone IS NOT NULL THEN
    v_words := v_words || (v_book || '~' || reverse(phone_key(p_phone)));
  END IF;
  RETURN array_to_tsvector(v_words);
END
$$;

CREATE OR REPLACE FUNCTION guests_merged_with(p_guest uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(g.merged_into, g.id) FROM guests g WHERE g.id = p_guest
  UNION ALL
  SELECT m.id FROM guests g JOIN guests m ON m.merged_into = coalesce(g.merged_into, g.id) WHERE g.id = p_guest
$$;

CREATE OR REPLACE FUNCTION accounts_of_guests(p_guests uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT g.account_id FROM guests g WHERE g.id = ANY (p_guests) AND g.account_id IS NOT NULL
  UNION
  SELECT a.id FROM guests g JOIN accounts a ON a.email = g.email
   WHERE g.id = ANY (p_guests) AND a.email_confirmed_at IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION guests_of_account(p_account uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT g.id FROM guests g WHERE g.account_id = p_account
  UNION
  SELECT g.id FROM accounts a JOIN guests g ON g.email = a.email
   WHERE a.id = p_account AND a.email_confirmed_at IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION guest_entry_of(p_restaurant uuid, p_guest uuid, p_diner uuid) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(
    (SELECT coalesce(g.merged_into, g.id) FROM guests g WHERE g.id = p_guest AND g.restaurant_id = p_restaurant),
    (SELECT coalesce(g.merged_into, g.id) FROM guests g
      WHERE g.restaurant_id = p_restaurant AND g.account_id = p_diner AND g.account_id IS NOT NULL),
    (SELECT coalesce(g.merged_into, g.id) FROM accounts a JOIN guests g ON g.email = a.email
      WHERE a.id = p_diner AND a.email_confirmed_at IS NOT NULL AND g.restaurant_id = p_restaurant
      ORDER BY g.created_at, g.id LIMIT 1))
$$;

CREATE OR REPLACE FUNCTION guest_marks(p_entry uuid) RETURNS jsonb
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT jsonb_build_object(
    'id', p_entry,
    'tags', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'color', t.color) ORDER BY t.name COLLATE "C"), '[]')
               FROM guest_tags t
              WHERE t.id IN (SELECT m.tag_id FROM guest_tag_marks m WHERE m.guest_id = ANY (p.guests))),
    'allergies', (SELECT string_agg(DISTINCT d.allergies, ', ' ORDER BY d.allergies) FROM guest_diets d
                   WHERE d.guest_id = ANY (p.guests)),
    'dislikes', (SELECT string_agg(DISTINCT d.dislikes, ', ' ORDER BY d.dislikes) FROM guest_diets d
                  WHERE d.guest_id = ANY (p.guests)))
    FROM (SELECT ARRAY(SELECT guests_merged_with(p_entry)) AS guests) AS p
$$;

CREATE OR REPLACE FUNCTION reservations_of_guest(p_guest uuid) RETURNS SETOF reservations
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT v.* FROM reservations v WHERE v.guest_id = ANY (ARRAY(SELECT guests_merged_with(p_guest)))
  UNION ALL
  SELECT v.* FROM guests g JOIN reservations v ON v.restaurant_id = g.restaurant_id
   WHERE g.id = p_guest
     AND v.diner_id = ANY (ARRAY(SELECT accounts_of_guests(ARRAY(SELECT guests_merged_with(p_guest)))))
$$;

CREATE OR REPLACE FUNCTION forget_guests_of(p_account uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_guests uuid[] := ARRAY(SELECT guests_of_account(p_account));
  v_reservations uuid[] := ARRAY(SELECT id FROM reservations WHERE guest_id = ANY (v_guests));
  v_entries uuid[];
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
  -- What was noted on an entry that theirs is merged into may be about them: nobody can tell any more.
  v_entries := ARRAY(SELECT merged_into FROM guests WHERE id = ANY (v_guests) AND merged_into IS NOT NULL);
  DELETE FROM guest_diets WHERE guest_id = ANY (v_entries);
  DELETE FROM guest_tag_marks WHERE guest_id = ANY (v_entries);
  UPDATE guests SET note = NULL, version = version + 1 WHERE id = ANY (v_entries);
  -- Who is merged into theirs has other contacts, and stays as an entry of its own.
  UPDATE guests SET merged_into = NULL WHERE merged_into = ANY (v_guests) AND id <> ALL (v_guests);
  UPDATE reservations SET guest_id = NULL, tells_guest = false, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL
   WHERE id = ANY (v_reservations);
  DELETE FROM guests WHERE id = ANY (v_guests);
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
     WHERE g.created_at < now() - kept_for('names') AND g.merged_into IS NULL
       AND NOT EXISTS (SELECT FROM guests m WHERE m.merged_into = g.id AND m.created_at >= now() - kept_for('names'))
       -- In this order: nearly all have one of their own, which is found at once.
       AND CASE WHEN EXISTS (SELECT FROM reservations v WHERE v.guest_id = g.id) THEN false
                ELSE NOT EXISTS (SELECT FROM reservations_of_guest(g.id)) END
     ORDER BY g.created_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  DELETE FROM guests WHERE id = ANY (v_guests) OR merged_into = ANY (v_guests);
  RETURN cardinality(v_reservations) + cardinality(v_guests);
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

CREATE OR REPLACE FUNCTION erase_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_account record;
  v_guests uuid[];
BEGIN
  v_guests := ARRAY(SELECT guests_of_account(p_account));
  PERFORM 1 FROM guests WHERE id = ANY (ARRAY(SELECT guests_merged_with(g) FROM unnest(v_guests) AS g))
    ORDER BY merged_into IS NULL, id FOR UPDATE;
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
     AND NOT EXISTS (SELECT FROM guests g JOIN reservations v ON v.guest_id = g.id
                      WHERE g.account_id = a.id
                        AND (v.starts_at > now() - kept_for('sleeping-accounts') OR v.created_at > now() - kept_for('sleeping-accounts')))
     AND NOT EXISTS (SELECT FROM tickets t WHERE t.account_id = a.id AND t.taken_at > now() - kept_for('sleeping-accounts'));

CREATE OR REPLACE FUNCTION forget_link_addresses() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- The request's id would lead to the logs.
  UPDATE audit_events SET address = NULL, request_id = NULL
   -- The reservation of a guest, or the guest whose row is deleted.
   WHERE subject_id = coalesce(NEW.id, OLD.id) AND actor_role = 'DINER' AND actor_id IS NULL;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER guests_forget_addresses AFTER DELETE ON guests FOR EACH ROW
  EXECUTE FUNCTION forget_link_addresses();
