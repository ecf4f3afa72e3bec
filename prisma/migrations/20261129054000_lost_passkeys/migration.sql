-- Who has lost every passkey of an account that asks for one can do without after a wait, which a
-- mailed link stops.
ALTER TABLE accounts ADD COLUMN passkey_lost_at timestamptz(3);
ALTER TABLE account_links
  DROP CONSTRAINT account_links_purpose_known,
  ADD CONSTRAINT account_links_purpose_known
    CHECK (purpose IN ('CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'UNDO_ADDRESS', 'PROVE', 'KEEP_PASSKEY'));

-- Whether a kind of notice belongs to a mailbox instead of a person: links that only its reader may
-- use, and warnings that its earlier reader must see. They never follow a change of address.
CREATE OR REPLACE FUNCTION is_kept_by_mailbox(p_kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_kind IN ('CONFIRM_ADDRESS', 'SIGN_IN_LINK', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'ALREADY_REGISTERED',
                  'PROOF_CODE', 'ADDRESS_CHANGED', 'PASSWORD_CHANGED', 'LOGIN_CONNECTED', 'PASSKEY_ADDED',
                  'PASSKEY_REMOVED', 'PASSKEY_NOT_NEEDED', 'PASSKEY_LOST', 'STAFF_INVITED');

-- Everything the service keeps about an account, by part; one statement, and so as of one instant.
-- Null: the account is gone. Left out: secrets (the password's hash, endpoints of devices), the answers
-- kept for repeated requests, which repeat other parts, and what restaurants note for themselves:
-- of that they are the controllers, and answer themselves.
CREATE OR REPLACE FUNCTION export_account(p_account uuid) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'asOf', iso_instant(now()),
    'account', to_jsonb(me),
    'agreements', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT kind, version, given, at
          FROM agreements WHERE account_id = p_account ORDER BY at, kind) AS p),
    'logins', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT provider, subject, created_at AS "connectedAt"
          FROM external_logins WHERE account_id = p_account ORDER BY provider) AS p),
    'sessions', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT browser, system, created_at AS "createdAt", last_seen_at AS "lastSeenAt",
               expires_at AS "expiresAt", proof, proved_at AS "provedAt"
          FROM sessions WHERE account_id = p_account ORDER BY created_at) AS p),
    'passkeys', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT name, is_synced AS "isSynced", created_at AS "createdAt", last_used_at AS "lastUsedAt"
          FROM passkeys WHERE account_id = p_account ORDER BY created_at) AS p),
    'links', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT purpose, email, created_at AS "mailedAt", expires_at AS "expiresAt", used_at AS "usedAt"
          FROM account_links WHERE account_id = p_account ORDER BY created_at) AS p),
    'mailsAskedFor', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT q.purpose, q.browser, q.system, q.return_path AS "returnPath", q.texts, q.created_at AS "askedAt"
          FROM link_requests q JOIN account_links l ON l.id = q.link_id
         WHERE l.account_id = p_account ORDER BY q.created_at) AS p),
    'devices', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT created_at AS "allowedAt"
          FROM push_subscriptions WHERE account_id = p_account ORDER BY created_at) AS p),
    'reservations', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT v.id, r.name AS restaurant, v.service_date AS "serviceDate", v.starts_at AS "startsAt",
               v.ends_at AS "endsAt", v.party_size AS "partySize", v.status, v.note, v.allergies,
               v.cancelled_by AS "cancelledBy", v.created_at AS "bookedAt"
          FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
         WHERE v.diner_id = p_account ORDER BY v.starts_at) AS p),
    'tickets', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT t.id, r.name AS restaurant, t.service_date AS "serviceDate", t.number,
               t.party_size AS "partySize", t.dining, t.status, t.contact_phone AS "contactPhone",
               t.contact_email AS "contactEmail", t.taken_at AS "takenAt", t.ended_at AS "endedAt"
          FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
         WHERE t.account_id = p_account ORDER BY t.taken_at) AS p),
    'openingEntries', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT r.name AS restaurant, o.service_date AS "serviceDate", e.entry_id AS "entryId",
               e.entered_at AS "enteredAt", e.in_lobby AS "inLobby", e.number
          FROM opening_entries e
          JOIN openings o ON o.id = e.opening_id JOIN restaurants r ON r.id = o.restaurant_id
         WHERE e.account_id = p_account ORDER BY e.entered_at) AS p),
    'notices', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT kind, channel, recipient, state, queued_at AS "queuedAt", sent_at AS "sentAt", payload
          FROM notices WHERE account_id = p_account ORDER BY ordinal) AS p),
    'workplaces', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT r.name AS restaurant, s.role, s.wants_day_sheet AS "wantsDaySheet"
          FROM restaurant_staff s JOIN restaurants r ON r.id = s.restaurant_id
         WHERE s.account_id = p_account ORDER BY r.name) AS p),
    'invitations', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT r.name AS restaurant, i.role, i.email, i.email <> me.email AS "isSentByYou",
               i.created_at AS "invitedAt", i.accepted_at AS "acceptedAt"
          FROM staff_invitations i JOIN restaurants r ON r.id = i.restaurant_id
         WHERE i.email = me.email OR i.invited_by = p_account ORDER BY i.created_at) AS p),
    'acts', (
      SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM (
        SELECT at, act, subject, subject_id AS "subjectId", from_status AS "from", to_status AS "to",
               actor_id = p_account AS "isByYou",
               CASE WHEN actor_id = p_account THEN address END AS address
          FROM audit_events
         WHERE actor_id = p_account OR subject_id = p_account ORDER BY at, id) AS p))
    FROM (SELECT id, email, name, phone, role::text AS role, locale,
                 password_hash IS NOT NULL AS "hasPassword", created_at AS "createdAt",
                 email_confirmed_at AS "emailConfirmedAt", owner_approved_at AS "ownerApprovedAt",
                 owner_refused_at AS "ownerRefusedAt", owner_refusal AS "ownerRefusal",
                 notice_channels AS "noticeChannels", needs_passkey AS "needsPasskey",
                 passkey_lost_at AS "passkeyLostAt"
            FROM accounts WHERE id = p_account) AS me
$$;
