-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION kept_for(p_what text) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_what
  WHEN 'guest-contacts' THEN interval '24 hours'
  WHEN 'allergies' THEN interval '30 days'
  WHEN 'notice-contents' THEN interval '90 days'
  WHEN 'idempotency-keys' THEN interval '2 days'
  WHEN 'network-addresses' THEN interval '90 days'
  WHEN 'link-requests' THEN interval '24 hours'
  WHEN 'mailed-links' THEN interval '90 days'
  WHEN 'refused-addresses' THEN interval '24 hours'
  WHEN 'invitations' THEN interval '90 days'
  WHEN 'unconfirmed-accounts' THEN interval '7 days'
  WHEN 'sleeping-accounts' THEN interval '1 year'
  WHEN 'names' THEN interval '3 years' END;

CREATE OR REPLACE FUNCTION cut_address(p_address text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  v_address inet;
BEGIN
  v_address := p_address;
  RETURN network(set_masklen(v_address, CASE family(v_address) WHEN 4 THEN 24 ELSE 48 END))::text;
EXCEPTION WHEN invalid_text_representation THEN
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION cut_network_addresses() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  WITH past AS (
    SELECT id FROM audit_events
     WHERE address IS NOT NULL AND address NOT LIKE '%/%' AND at < now() - kept_for('network-addresses')
     ORDER BY at LIMIT 1000 FOR UPDATE SKIP LOCKED)
  UPDATE audit_events e SET address = cut_address(e.address) FROM past WHERE e.id = past.id;
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION forget_idempotency_keys() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at < now() - kept_for('idempotency-keys')
     ORDER BY created_at LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION forget_link_requests() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  UPDATE link_requests SET texts = '{}' WHERE id = ANY (ARRAY(
    SELECT r.id FROM link_requests r LEFT JOIN account_links l ON l.id = r.link_id
     WHERE r.texts <> '{}' AND coalesce(l.used_at, l.expires_at, r.expires_at) < now() - interval '1 hour'
     LIMIT 1000 FOR UPDATE OF r SKIP LOCKED));
  DELETE FROM link_requests WHERE id = ANY (ARRAY(
    SELECT r.id FROM link_requests r LEFT JOIN account_links l ON l.id = r.link_id
     WHERE r.created_at < now() - kept_for('link-requests')
       AND coalesce(l.used_at, l.expires_at, r.expires_at) < now() - kept_for('link-requests')
     LIMIT 1000 FOR UPDATE OF r SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION count_forgotten(p_what text, p_count integer) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO forgotten_counts AS c (what, total) SELECT p_what, p_count WHERE p_count > 0
  ON CONFLICT (what) DO UPDATE SET total = c.total + excluded.total
$$;

CREATE OR REPLACE FUNCTION wake_account() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accounts SET seen_at = now() WHERE id = NEW.account_id AND seen_at < now() - interval '1 day';
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER sessions_wake_account AFTER INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION wake_account();

CREATE OR REPLACE FUNCTION forget_mailed_links() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM account_links WHERE id = ANY (ARRAY(
    SELECT l.id FROM account_links l
     WHERE l.expires_at < now() - kept_for('mailed-links')
       AND NOT EXISTS (SELECT FROM mail_refusals m WHERE m.address = l.email)
     ORDER BY l.expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION forget_refused_addresses() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM mail_refusals WHERE address = ANY (ARRAY(
    SELECT m.address FROM mail_refusals m
     WHERE m.refused_at < now() - kept_for('refused-addresses')
       AND NOT EXISTS (SELECT FROM accounts a WHERE a.email = m.address)
     LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION empty_notices(p_notices uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  UPDATE notices
     SET recipient = id || '@erased.invalid', payload = '{}', last_error = NULL, lease_token = NULL, lease_until = NULL,
         state = CASE WHEN state IN ('QUEUED', 'DEAD') THEN 'DROPPED' ELSE state END,
         dropped_because = CASE WHEN state IN ('QUEUED', 'DEAD') THEN 'forgotten' ELSE dropped_because END
   WHERE id = ANY (p_notices);
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION forget_notices() RETURNS integer
LANGUAGE sql
RETURN empty_notices(p_notices => ARRAY(
  SELECT id FROM notices WHERE payload <> '{}' AND due_at < now() - kept_for('notice-contents')
   ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED));

CREATE OR REPLACE FUNCTION forget_invitations() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM staff_invitations WHERE id = ANY (ARRAY(
    SELECT id FROM staff_invitations WHERE expires_at < now() - kept_for('invitations')
     ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION is_date_kept(p_what text, p_date date, p_time_zone text, p_day_cut_minutes integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN p_date >= service_date_at(now() - kept_for(p_what), p_time_zone, p_day_cut_minutes);

CREATE OR REPLACE FUNCTION first_kept_date(p_what text) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN ((now() - kept_for(p_what)) AT TIME ZONE 'UTC')::date + 1;

CREATE OR REPLACE FUNCTION without_allergies(p_payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_payload
  || CASE WHEN p_payload ? 'allergies' THEN '{"allergies": null}' ELSE '{}' END::jsonb
  || CASE WHEN jsonb_typeof(p_payload -> 'reservations') = 'array' THEN jsonb_build_object('reservations', (
       SELECT coalesce(jsonb_agg(party || '{"allergies": null}' ORDER BY ordinal), '[]')
         FROM jsonb_array_elements(p_payload -> 'reservations') WITH ORDINALITY AS p (party, ordinal)))
     ELSE '{}' END;

CREATE OR REPLACE FUNCTION forget_allergies() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_reservations uuid[];
  v_notices uuid[];
BEGIN
  v_reservations := ARRAY(
    SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE v.allergies IS NOT NULL AND v.service_date < first_kept_date('allergies')
       AND NOT is_date_kept('allergies', v.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY v.service_date LIMIT 1000 FOR UPDATE OF v SKIP LOCKED);
  UPDATE reservations SET allergies = NULL WHERE id = ANY (v_reservations);
  -- Notices of a reservation are few; those of longer ago include the day sheets.
  v_notices := ARRAY(
    SELECT id FROM notices
     WHERE due_at < now() - kept_for('allergies') AND payload @? '$.**.allergies ? (@ != null)'
     ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  UPDATE notices SET payload = without_allergies(payload)
   WHERE id = ANY (v_notices)
      OR (subject_id = ANY (v_reservations) AND payload @? '$.**.allergies ? (@ != null)');
  RETURN cardinality(v_reservations) + cardinality(v_notices);
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
  UPDATE reservations SET diner_id = NULL, note = NULL, allergies = NULL, staff_note = NULL
   WHERE id = ANY (v_reservations);
  UPDATE opening_entries e SET account_id = NULL
    FROM reservations v JOIN openings o ON o.restaurant_id = v.restaurant_id AND o.service_date = v.service_date
   WHERE v.id = ANY (v_reservations) AND e.opening_id = o.id AND e.entry_id = v.entry_id;
  RETURN cardinality(v_reservations);
END
$$;

CREATE OR REPLACE FUNCTION erase_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_account record;
BEGIN
  PERFORM 1 FROM reservations WHERE diner_id = p_account ORDER BY id FOR UPDATE;
  SELECT id, email, role::text AS role INTO v_account FROM accounts WHERE id = p_account FOR UPDATE;
  IF NOT FOUND OR EXISTS (
       SELECT FROM reservations v WHERE v.diner_id = p_account AND v.starts_at > now()
          AND is_reservation_coming(v.status, v.hold_expires_at, now())) THEN
    RETURN false;
  END IF;
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

CREATE OR REPLACE FUNCTION close_unconfirmed_accounts() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_account record;
  v_done integer := 0;
BEGIN
  FOR v_account IN
    SELECT a.id FROM accounts a
     WHERE a.email_confirmed_at IS NULL AND a.created_at < now() - kept_for('unconfirmed-accounts')
       AND NOT EXISTS (SELECT FROM account_links l WHERE l.account_id = a.id AND l.used_at IS NULL AND l.expires_at > now())
       AND NOT EXISTS (SELECT FROM restaurant_staff s WHERE s.account_id = a.id)
     ORDER BY a.created_at LIMIT 100 FOR UPDATE SKIP LOCKED
  LOOP
    v_done := v_done + erase_account(p_account => v_account.id)::int;
  END LOOP;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION forget_guests(p_tickets uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_contacts integer;
BEGIN
  SELECT coalesce(sum(num_nonnulls(contact_phone, contact_email)), 0) INTO v_contacts
    FROM tickets WHERE id = ANY (p_tickets);
  DELETE FROM guest_devices WHERE ticket_id = ANY (p_tickets);
  -- A restaurant's Slack is told about notices that can't be delivered.
  PERFORM empty_notices(p_notices => ARRAY(
    SELECT n.id FROM notices n WHERE n.subject_id = ANY (p_tickets) AND n.account_id IS NULL
    UNION
    SELECT t.id FROM notices t JOIN notices n ON n.event_id = t.event_id
     WHERE t.kind = 'DELIVERY_TROUBLE' AND n.subject_id = ANY (p_tickets) AND n.account_id IS NULL));
  UPDATE tickets SET contact_phone = NULL, contact_email = NULL, taken_hash = '', contact_forgotten_at = now()
   WHERE id = ANY (p_tickets);
  PERFORM count_forgotten(p_what => 'guest-contacts', p_count => v_contacts);
  RETURN v_contacts;
END
$$;

CREATE OR REPLACE FUNCTION forget_guest_contacts() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_tickets uuid[];
BEGIN
  v_tickets := ARRAY(
    SELECT t.id FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.account_id IS NULL AND t.contact_forgotten_at IS NULL
       AND t.service_date < first_kept_date('guest-contacts')
       AND NOT is_date_kept('guest-contacts', t.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY t.service_date LIMIT 1000 FOR UPDATE OF t SKIP LOCKED);
  PERFORM forget_guests(p_tickets => v_tickets);
  RETURN cardinality(v_tickets);
END
$$;

CREATE OR REPLACE FUNCTION forget_parties() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_tickets uuid[];
BEGIN
  v_tickets := ARRAY(
    SELECT t.id FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.account_id IS NOT NULL AND t.service_date < first_kept_date('names')
       AND NOT is_date_kept('names', t.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY t.service_date LIMIT 1000 FOR UPDATE OF t SKIP LOCKED);
  UPDATE audit_events e SET actor_id = NULL, address = NULL
    FROM tickets t WHERE t.id = ANY (v_tickets) AND e.subject_id = t.id AND e.actor_id = t.account_id;
  UPDATE notices n SET account_id = NULL
    FROM tickets t WHERE t.id = ANY (v_tickets) AND n.subject_id = t.id AND n.account_id = t.account_id;
  UPDATE tickets SET account_id = NULL, asker_id = id, contact_forgotten_at = now() WHERE id = ANY (v_tickets);
  RETURN cardinality(v_tickets);
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
     AND NOT EXISTS (SELECT FROM tickets t WHERE t.account_id = a.id AND t.taken_at > now() - kept_for('sleeping-accounts'));

CREATE OR REPLACE FUNCTION tell_sleepers() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_accounts uuid[];
BEGIN
  v_accounts := ARRAY(
    SELECT a.id FROM accounts a JOIN sleeping_accounts s ON s.id = a.id
     WHERE s.told_at IS NULL ORDER BY a.seen_at LIMIT 200 FOR UPDATE OF a SKIP LOCKED);
  UPDATE accounts SET sleep_told_at = now() WHERE id = ANY (v_accounts);
  WITH told AS (
    INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
    SELECT 'SERVICE', 'ACCOUNT', id, 'TELL_ASLEEP', 'ASLEEP' FROM unnest(v_accounts) AS id
    RETURNING id, subject_id)
  INSERT INTO notices (event_id, kind, account_id, subject_id, recipient, locale, payload)
  SELECT told.id, 'ACCOUNT_ASLEEP', a.id, a.id, a.email, a.locale,
         jsonb_build_object('accountName', a.name, 'email', a.email, 'closesAt', iso_instant(now() + interval '30 days'))
    FROM told JOIN accounts a ON a.id = told.subject_id;
  RETURN cardinality(v_accounts);
END
$$;

CREATE OR REPLACE FUNCTION close_sleepers() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_account record;
  v_done integer := 0;
BEGIN
  FOR v_account IN
    SELECT a.id FROM accounts a JOIN sleeping_accounts s ON s.id = a.id
     WHERE s.told_at <= now() - interval '30 days' ORDER BY a.seen_at LIMIT 100 FOR UPDATE OF a SKIP LOCKED
  LOOP
    v_done := v_done + erase_account(p_account => v_account.id)::int;
  END LOOP;
  RETURN v_done;
END
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
    WHEN 'names' THEN RETURN forget_diners() + forget_parties();
  END CASE;
END
$$;
