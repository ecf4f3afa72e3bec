-- Deletes an account and everything about its person. Their past reservations stay for the
-- restaurants' books, without name and words; what was sent to them stays as a record, without
-- content; the audit log keeps what was done and when, but not by whom or from where.
--
-- Asks every restaurant that knows the person to forget them too, whatever the account was closed for:
-- each is the controller of what it noted or downloaded itself. The request names the visits, not the
-- person.
--
-- Runs with the rights of the tables' owner, because the application's role can't change the audit
-- log. Guests that restaurants noted under the address which the account has confirmed, or wrote down from
-- its reservations, are its person. Locks these guests and those that they are merged with (who is merged before
-- entries), then their tickets and the person's reservations, each in id order, then the account as strongly as a delete,
-- which waits for bookings that already refer to it. False, and nothing is changed: there is no such
-- account, or it has a reservation to come.
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
        -- A booking's that still waits has its reservation's.
        OR (channel = 'NONE' AND subject_id IN (SELECT id FROM reservations WHERE diner_id = p_account))
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
