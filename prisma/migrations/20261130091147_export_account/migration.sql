-- Written by npm run db:function.

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
               e.entered_at AS "enteredAt", e.in_lobby AS "inLobby", e.number, e.cohort, u.given_at AS "turnGivenAt"
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
