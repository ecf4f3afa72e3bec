-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION forget_overdue(p_what text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CASE p_what
    WHEN 'guest-contacts' THEN RETURN forget_guest_contacts();
    WHEN 'allergies' THEN RETURN forget_allergies();
    WHEN 'staff-words' THEN RETURN forget_table_closures() + forget_shift_notes();
    WHEN 'notice-contents' THEN RETURN forget_notices();
    WHEN 'idempotency-keys' THEN RETURN forget_idempotency_keys();
    WHEN 'network-addresses' THEN RETURN cut_network_addresses();
    WHEN 'link-requests' THEN RETURN forget_link_requests();
    WHEN 'mailed-links' THEN RETURN forget_mailed_links();
    WHEN 'refused-addresses' THEN RETURN forget_refused_addresses();
    WHEN 'invitations' THEN RETURN forget_invitations();
    WHEN 'opening-reminders' THEN RETURN forget_opening_reminders();
    WHEN 'guest-imports' THEN RETURN forget_guest_imports();
    WHEN 'unconfirmed-accounts' THEN RETURN close_unconfirmed_accounts();
    WHEN 'sleeping-accounts' THEN RETURN tell_sleepers() + close_sleepers();
    WHEN 'names' THEN RETURN forget_diners() + forget_parties() + forget_old_guests();
  END CASE;
END
$$;

CREATE OR REPLACE FUNCTION kept_for(p_what text) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_what
  WHEN 'guest-contacts' THEN interval '24 hours'
  WHEN 'allergies' THEN interval '30 days'
  WHEN 'staff-words' THEN interval '30 days'
  WHEN 'notice-contents' THEN interval '90 days'
  WHEN 'idempotency-keys' THEN interval '2 days'
  WHEN 'network-addresses' THEN interval '90 days'
  WHEN 'link-requests' THEN interval '24 hours'
  WHEN 'mailed-links' THEN interval '90 days'
  WHEN 'refused-addresses' THEN interval '24 hours'
  WHEN 'invitations' THEN interval '90 days'
  WHEN 'opening-reminders' THEN interval '24 hours'
  WHEN 'guest-imports' THEN interval '24 hours'
  WHEN 'unconfirmed-accounts' THEN interval '7 days'
  WHEN 'sleeping-accounts' THEN interval '1 year'
  WHEN 'names' THEN interval '3 years' END;

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
    IF p_kind = 'OPENING_TURN' AND p_channel = 'PUSH' THEN
      -- It is worth nothing in a mailbox.
      recipient := 'device';
    ELSIF NOT is_kept_by_mailbox(p_kind) THEN
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

  IF p_channel <> 'SLACK' AND p_kind ~ '^(RESERVATION|TICKET|STAFF|OPENING)_'
     AND EXISTS (SELECT FROM restaurants r WHERE r.id = p_restaurant AND r.hidden_at IS NOT NULL) THEN
    IF (p_account IS NULL AND p_kind LIKE 'TICKET_%') OR p_kind NOT IN ('RESERVATION_CANCELLED', 'RESERVATION_EXPIRED', 'TICKET_CANCELLED', 'TICKET_LAPSED', 'OPENING_CANCELLED') THEN
      recipient := NULL;
    ELSIF payload ? 'reason' THEN
      payload := payload || '{"reason": null}';
    END IF;
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION notice_overtaken_by(p_kind text, p_subject uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_because text;
BEGIN
  IF p_kind IN ('RESERVATION_CONFIRMED', 'RESERVATION_HELD', 'RESERVATION_CHANGED', 'RESERVATION_CANCELLED', 'RESERVATION_TOMORROW', 'RESERVATION_SOON', 'RESERVATION_NO_SHOW') THEN
    v_because := reservation_notice_overtaken_by(p_kind, p_subject);
  ELSIF p_kind = 'HOLD_TO_CONFIRM' THEN
    v_because := reservation_notice_overtaken_by('RESERVATION_HELD', p_subject);
  ELSIF p_kind LIKE 'TICKET_%' THEN
    v_because := ticket_notice_overtaken_by(p_kind, p_subject);
  ELSIF p_kind LIKE 'OPENING_%' THEN
    v_because := opening_notice_overtaken_by(p_kind, p_subject);
  END IF;
  IF v_because IS NOT NULL AND is_act_settling(p_subject) THEN
    RETURN 'settling';
  END IF;
  RETURN v_because;
END
$$;

CREATE OR REPLACE FUNCTION notice_urgency(p_kind text) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN p_kind IN ('SIGN_IN_LINK', 'CONFIRM_ADDRESS', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'PROOF_CODE',
                    'TICKET_CALLED', 'TICKET_LAST_CALLED') THEN 0
    WHEN p_kind IN ('RESERVATION_TOMORROW', 'RESERVATION_SOON', 'DAY_SHEET', 'OPENING_SOON') THEN 2
    WHEN p_kind = 'OPENING_TURN' THEN 3
    ELSE 1 END::smallint
$$;

CREATE OR REPLACE FUNCTION forget_opening_reminders() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM opening_reminders WHERE id = ANY (ARRAY(
    SELECT r.id FROM opening_reminders r JOIN openings o ON o.id = r.opening_id
     WHERE o.gate_until < now() - kept_for('opening-reminders')
     LIMIT 1000 FOR UPDATE OF r SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION opening_event(p_opening uuid, p_act text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid;
BEGIN
  SELECT e.id INTO v_event FROM audit_events e
   WHERE e.subject_id = p_opening AND e.subject = 'OPENING' AND e.act IN (p_act, 'REMIND') ORDER BY e.act, e.at LIMIT 1;
  IF NOT FOUND THEN
    INSERT INTO audit_events (actor_role, restaurant_id, subject, subject_id, act, to_status)
    SELECT 'SERVICE', o.restaurant_id, 'OPENING', o.id, 'REMIND', 'QUEUED' FROM openings o WHERE o.id = p_opening
    RETURNING id INTO v_event;
  END IF;
  RETURN v_event;
END
$$;

CREATE OR REPLACE FUNCTION opening_notice_overtaken_by(p_kind text, p_reminder uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v record;
BEGIN
  SELECT r.comes_at <= now() AS has_come, o.opens_at <= now() AS has_opened, opening_outlook(o.id) AS outlook,
         r.computed_from < (SELECT max(p.from_at) FROM opening_rates p WHERE p.opening_id = o.id) AS is_moved
    INTO v
    FROM opening_reminders r JOIN openings o ON o.id = r.opening_id
   WHERE r.id = p_reminder;
  IF NOT FOUND THEN
    RETURN NULL;
  ELSIF p_kind = 'OPENING_CANCELLED' THEN
    RETURN CASE WHEN v.has_opened THEN 'past' END;
  END IF;
  RETURN CASE WHEN v.outlook IS NOT NULL THEN v.outlook
              WHEN v.is_moved THEN 'settling'
              WHEN v.has_come THEN 'past' END;
END
$$;

CREATE OR REPLACE FUNCTION opening_outlook(p_opening uuid) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN o.cancelled_at IS NOT NULL THEN 'cancelled'
              WHEN NOT r.published OR r.deleted_at IS NOT NULL OR r.hidden_at IS NOT NULL THEN 'hidden'
              WHEN o.gate_until <= now() THEN 'over'
              WHEN o.drawn_at IS NOT NULL AND left_over.slots > 0 AND left_over.bookable = 0 THEN 'sold_out' END
    FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS slots, count(*) FILTER (
               WHERE NOT s.blocked AND s.starts_at > now() AND (NOT s.taken OR s.held_until IS NOT NULL)) AS bookable
        FROM slots s
       WHERE o.drawn_at IS NOT NULL AND s.restaurant_id = o.restaurant_id AND s.service_date = o.service_date
         AND s.deleted_at IS NULL) AS left_over
   WHERE o.id = p_opening
$$;

CREATE OR REPLACE FUNCTION opening_promise(p_opening openings) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
           'openingId', p_opening.id, 'serviceDate', p_opening.service_date, 'opensAt', iso_instant(p_opening.opens_at),
           'orderBy', p_opening.order_by, 'reason', p_opening.cancelled_for,
           'restaurant', jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'timeZone', r.time_zone))
    FROM restaurants r WHERE r.id = p_opening.restaurant_id
$$;

CREATE OR REPLACE FUNCTION queue_opening_reminders(p_limit integer, OUT settled integer, OUT queued integer, OUT turns integer)
LANGUAGE plpgsql AS $$
DECLARE
  v_cancelled integer;
  v_told integer;
BEGIN
  WITH due AS MATERIALIZED (
    SELECT r.id FROM opening_reminders r
     WHERE r.settled_at IS NULL AND r.due_at <= now() AND try_keep_account(r.account_id)
     ORDER BY r.due_at LIMIT p_limit FOR UPDATE SKIP LOCKED),
  marked AS (
    UPDATE opening_reminders r SET settled_at = now() FROM due WHERE r.id = due.id
    RETURNING r.id, r.opening_id, r.account_id, r.about, r.comes_at),
  judged AS MATERIALIZED (
    SELECT o.id AS opening_id, opening_outlook(o.id) AS outlook, opening_event(o.id, 'ANNOUNCE') AS event_id,
           opening_promise(o) AS promised, o.restaurant_id
      FROM openings o WHERE o.id IN (SELECT opening_id FROM marked)),
  told AS (
    INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, give_up_at, payload)
    SELECT j.event_id, route.kind, route.channel, route.because, a.id, route.restaurant_id, m.id, route.recipient, a.locale, m.comes_at,
           j.promised || jsonb_build_object('turnAt', CASE m.about WHEN 'TURN' THEN iso_instant(m.comes_at) END)
      FROM marked m JOIN judged j ON j.opening_id = m.opening_id JOIN accounts a ON a.id = m.account_id
      CROSS JOIN LATERAL (
        SELECT 'OPENING_SOON' AS kind, r.channel, r.because, j.restaurant_id, a.email AS recipient
          FROM notice_routes('OPENING_SOON', a.id, NULL) AS r WHERE m.about = 'OPENING'
        UNION ALL
        SELECT 'OPENING_TURN', 'PUSH', 'chosen', NULL, 'device'
         WHERE m.about = 'TURN' AND EXISTS (SELECT FROM push_subscriptions s WHERE s.account_id = a.id)) AS route
     WHERE j.outlook IS NULL AND m.comes_at > now()
    ON CONFLICT DO NOTHING
    RETURNING kind)
  SELECT (SELECT count(*) FROM marked), count(*) FILTER (WHERE kind = 'OPENING_SOON'), count(*) FILTER (WHERE kind = 'OPENING_TURN')
    INTO settled, queued, turns FROM told;

  WITH gone AS MATERIALIZED (
    SELECT r.id FROM openings o JOIN opening_reminders r ON r.opening_id = o.id
     WHERE o.opens_at > now() AND o.cancelled_at IS NOT NULL AND r.cancel_told_at IS NULL AND try_keep_account(r.account_id)
     LIMIT p_limit FOR UPDATE OF r SKIP LOCKED),
  marked AS (
    UPDATE opening_reminders r SET cancel_told_at = now(), settled_at = coalesce(r.settled_at, now())
      FROM gone WHERE r.id = gone.id
    RETURNING r.id, r.opening_id, r.account_id),
  judged AS MATERIALIZED (
    SELECT o.id AS opening_id, opening_event(o.id, 'CANCEL') AS event_id, opening_promise(o) AS promised, o.restaurant_id, o.opens_at
      FROM openings o WHERE o.id IN (SELECT opening_id FROM marked)),
  told AS (
    -- Who asked for both is told once.
    INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, give_up_at, payload)
    SELECT j.event_id, 'OPENING_CANCELLED', route.channel, route.because, a.id, j.restaurant_id, m.id, a.email, a.locale, j.opens_at, j.promised
      FROM marked m JOIN judged j ON j.opening_id = m.opening_id JOIN accounts a ON a.id = m.account_id
      CROSS JOIN LATERAL notice_routes('OPENING_CANCELLED', a.id, NULL) AS route
    ON CONFLICT DO NOTHING
    RETURNING kind)
  SELECT (SELECT count(*) FROM marked), count(*) INTO v_cancelled, v_told FROM told;
  settled := settled + v_cancelled;
  queued := queued + v_told;
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
    'openingReminders', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT r.name AS restaurant, o.service_date AS "serviceDate", m.about, m.asked_at AS "askedAt",
               m.comes_at AS "comesAt", m.due_at AS "dueAt", m.settled_at AS "settledAt",
               m.cancel_told_at AS "cancelToldAt"
          FROM opening_reminders m JOIN openings o ON o.id = m.opening_id JOIN restaurants r ON r.id = o.restaurant_id
         WHERE m.account_id = p_account ORDER BY m.asked_at, m.id) AS p),
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
