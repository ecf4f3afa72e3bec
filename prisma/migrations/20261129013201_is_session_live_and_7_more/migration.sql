-- Written by npm run db:function.

DROP FUNCTION take_ticket(uuid,text,uuid,integer,text,text,text,integer,text,text,text,text,text,jsonb);

DROP FUNCTION enter_opening_unbooked(uuid,uuid,integer,text,bytea);

DROP FUNCTION enter_opening(uuid,uuid,integer,text,bytea);

DROP FUNCTION place_reservation(uuid,text,text,uuid,date,timestamp with time zone,integer,uuid,text,text,integer,text,uuid[],uuid,integer);

CREATE OR REPLACE FUNCTION is_session_live(p_account uuid, p_epoch integer, p_session uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM accounts WHERE id = p_account AND session_epoch = p_epoch)
     AND (p_session IS NULL
          OR EXISTS (SELECT FROM sessions WHERE id = p_session AND account_id = p_account AND expires_at > now()))
$$;

CREATE OR REPLACE FUNCTION void_mailed_links(p_account uuid) RETURNS void
LANGUAGE sql AS $$
  -- Instants are stored in whole milliseconds, and a link has to end after it begins.
  UPDATE account_links l SET expires_at = greatest(now(), l.created_at + interval '1 millisecond')
    FROM accounts a
   WHERE a.id = p_account AND l.account_id = a.id AND l.used_at IS NULL AND l.expires_at > now()
     AND (l.purpose IN ('SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS')
          OR (l.purpose = 'CONFIRM_ADDRESS' AND a.email_confirmed_at IS NOT NULL))
$$;

CREATE OR REPLACE FUNCTION end_sessions() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sessions WHERE account_id = NEW.id AND epoch < NEW.session_epoch;
  PERFORM void_mailed_links(NEW.id);
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER accounts_end_sessions AFTER UPDATE OF session_epoch ON accounts FOR EACH ROW
  WHEN (OLD.session_epoch IS DISTINCT FROM NEW.session_epoch) EXECUTE FUNCTION end_sessions();

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
  p_session uuid DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_stored record;
  v_restaurant record;
  v_today date;
  v_slot record;
  v_left record;
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
    RETURN jsonb_build_object('reason', 'not-found');
  ELSIF v_restaurant.diner IS NULL THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  ELSIF v_restaurant.email_confirmed_at IS NULL THEN
    RETURN jsonb_build_object('reason', 'address-unconfirmed');
  END IF;

  v_today := service_date_at(now(), v_restaurant.time_zone, v_restaurant.day_cut_minutes);
  IF p_service_date < v_today THEN
    RETURN jsonb_build_object('reason', 'past-date', 'today', v_today);
  ELSIF v_restaurant.same_day_only AND p_service_date <> v_today THEN
    RETURN jsonb_build_object('reason', 'not-today', 'today', v_today);
  ELSIF p_service_date > v_today + v_restaurant.horizon_days THEN
    RETURN jsonb_build_object('reason', 'beyond-horizon', 'lastDate', v_today + v_restaurant.horizon_days);
  ELSIF NOT v_restaurant.bookings_on THEN
    RETURN jsonb_build_object('reason', 'bookings-off');
  ELSIF v_restaurant.scheduled IS NULL OR v_restaurant.closed THEN
    RETURN jsonb_build_object('reason', 'closed-day');
  ELSIF v_restaurant.opens_at > now() THEN
    RETURN jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_restaurant.opens_at));
  ELSIF v_restaurant.gate_from > now() THEN
    RETURN jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_restaurant.gate_from), 'openingId', v_restaurant.opening);
  ELSIF v_restaurant.gate_until > now() AND v_restaurant.opening IS DISTINCT FROM p_turn THEN
    RETURN jsonb_build_object('reason', 'no-turn', 'openingId', v_restaurant.opening);
  ELSIF p_starts_at <= now() THEN
    RETURN jsonb_build_object('reason', 'past-time');
  END IF;

  -- Best fit: the smallest class of table of which any slot is free, whether somebody is just
  -- trying for it (locked) or not; a larger class only when none of that class is left.
  SELECT s.id, s.ends_at, s.taken, t.number AS table_number
    INTO v_slot
    FROM slots s
    JOIN restaurant_tables t ON t.id = s.table_id
   WHERE s.restaurant_id = p_restaurant AND s.service_date = p_service_date AND s.starts_at = p_starts_at
     AND p_party_size BETWEEN s.min_party AND s.max_party
     AND NOT s.blocked AND s.deleted_at IS NULL AND is_slot_free(s.taken, s.held_until, now())
     AND (p_slot IS NULL OR s.id = p_slot)
     AND s.max_party = (
       SELECT min(f.max_party) FROM slots f
        WHERE f.restaurant_id = p_restaurant AND f.service_date = p_service_date AND f.starts_at = p_starts_at
          AND p_party_size BETWEEN f.min_party AND f.max_party
          AND NOT f.blocked AND f.deleted_at IS NULL AND is_slot_free(f.taken, f.held_until, now())
          AND (p_slot IS NULL OR f.id = p_slot))
   ORDER BY s.id = ANY (p_avoid), s.min_party DESC, t.number
   LIMIT 1
     FOR UPDATE OF s SKIP LOCKED;

  IF NOT FOUND THEN
    SELECT count(*) AS slots,
           count(*) FILTER (WHERE fits) AS fitting,
           count(*) FILTER (WHERE fits AND NOT blocked AND is_slot_free(taken, held_until, now())) AS free,
           min(held_until) FILTER (WHERE fits AND NOT blocked AND taken AND held_until > now()) AS first_hold_ends
      INTO v_left
      FROM (SELECT s.*, p_party_size BETWEEN s.min_party AND s.max_party AS fits
              FROM slots s
             WHERE s.restaurant_id = p_restaurant AND s.service_date = p_service_date
               AND s.starts_at = p_starts_at AND s.deleted_at IS NULL
               AND (p_slot IS NULL OR s.id = p_slot)) AS asked;
    IF v_left.slots = 0 THEN
      RETURN jsonb_build_object('reason', 'no-such-time');
    ELSIF v_left.fitting = 0 THEN
      RETURN jsonb_build_object('reason', 'party-size');
    END IF;
    PERFORM 1 FROM reservations
      WHERE diner_id = p_diner AND restaurant_id = p_restaurant AND service_date = p_service_date
        AND (is_reservation_coming(status, hold_expires_at, now()) OR (status = 'SEATED' AND ends_at > now()));
    IF FOUND THEN
      RETURN jsonb_build_object('reason', 'already-booked');
    ELSIF v_left.free > 0 THEN
      RETURN jsonb_build_object('reason', 'contended');
    ELSIF p_slot IS NOT NULL THEN
      RETURN jsonb_build_object('reason', 'slot-taken');
    ELSIF v_left.first_hold_ends IS NOT NULL THEN
      RETURN jsonb_build_object('reason', 'all-being-booked', 'asOf', iso_instant(now()),
                                'lookAgainAt', iso_instant(v_left.first_hold_ends));
    END IF;
    RETURN jsonb_build_object('reason', 'sold-out', 'asOf', iso_instant(now()));
  END IF;

  -- Only now is known how long the party would sit.
  v_hoarding := judge_hoarding(p_diner, p_restaurant, p_service_date, p_starts_at, v_slot.ends_at, p_most);
  IF v_hoarding IS NOT NULL THEN
    RETURN v_hoarding;
  END IF;

  IF v_slot.taken THEN
    -- The hold on it ran out; only this slot's own, so that nobody queues for the others.
    SELECT reservation_id INTO v_other
      FROM reservation_slots WHERE slot_id = v_slot.id AND released_at IS NULL;
    IF FOUND THEN
      PERFORM end_overdue_reservation(v_other);
    END IF;
  END IF;

  IF v_restaurant.confirm_within_minutes IS NULL THEN
    v_status := 'CONFIRMED';
  ELSE
    v_status := 'HELD';
    -- A hold never outlives the start of its slot.
    v_hold := least(now() + make_interval(mins => v_restaurant.confirm_within_minutes), p_starts_at);
  END IF;

  -- The unique index is the judge of "one per diner and date"; two attempts let the diner's own
  -- overdue reservation make room.
  FOR attempt IN 1..2 LOOP
    INSERT INTO reservations (id, restaurant_id, service_date, starts_at, ends_at, party_size,
                              diner_id, status, hold_expires_at, note, allergies)
    VALUES (v_id, p_restaurant, p_service_date, p_starts_at, v_slot.ends_at, p_party_size,
            p_diner, v_status, v_hold, p_note, p_allergies)
    ON CONFLICT (diner_id, restaurant_id, service_date) WHERE status IN ('HELD', 'CONFIRMED', 'SEATED')
    DO NOTHING;
    v_inserted := FOUND;
    EXIT WHEN v_inserted;
    SELECT id INTO v_other FROM reservations
     WHERE diner_id = p_diner AND restaurant_id = p_restaurant AND service_date = p_service_date
       AND status IN ('HELD', 'CONFIRMED', 'SEATED');
    IF FOUND AND NOT end_overdue_reservation(v_other) THEN
      RETURN jsonb_build_object('reason', 'already-booked');
    END IF;
  END LOOP;
  IF NOT v_inserted THEN
    RETURN jsonb_build_object('reason', 'contended');
  END IF;

  UPDATE slots SET taken = true, held_until = v_hold WHERE id = v_slot.id;
  INSERT INTO reservation_slots (reservation_id, slot_id) VALUES (v_id, v_slot.id);
  INSERT INTO audit_events (id, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status)
  VALUES (v_event, p_diner, 'DINER', p_address, p_restaurant, 'RESERVATION', v_id, 'BOOK', v_status::text);
  PERFORM queue_reservation_notice(v_id, v_event, 'RESERVATION_' || v_status, now());

  v_response := jsonb_build_object(
    'id', v_id, 'status', v_status, 'slotId', v_slot.id, 'tableNumber', v_slot.table_number,
    'startsAt', iso_instant(p_starts_at), 'endsAt', iso_instant(v_slot.ends_at),
    'partySize', p_party_size, 'holdExpiresAt', iso_instant(v_hold));
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

CREATE OR REPLACE FUNCTION enter_opening(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_person record;
  v_opening record;
  v_entry record;
  v_number integer;
  v_in_lobby boolean;
  v_id text := p_entry;
BEGIN
  SELECT email, email_confirmed_at IS NOT NULL AS confirmed,
         is_session_live(id, p_session_epoch, p_session) AS live
    INTO v_person
    FROM accounts WHERE id = p_account;
  IF v_person.live IS NOT TRUE THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  END IF;

  SELECT * INTO v_entry FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account;
  IF FOUND THEN
    RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
  ELSIF NOT v_person.confirmed THEN
    RETURN jsonb_build_object('reason', 'address-unconfirmed');
  END IF;

  PERFORM pg_advisory_xact_lock_shared(hashtextextended(p_opening::text, 5));
  -- Read after the lock: a freeze that has just ended is seen.
  SELECT o.lobby_opens_at, o.opens_at, o.gate_until, o.order_by, o.entry_by, o.frozen_at IS NOT NULL AS frozen
    INTO v_opening
    FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
   WHERE o.id = p_opening AND o.cancelled_at IS NULL AND r.deleted_at IS NULL AND r.published;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('reason', 'not-found');
  ELSIF clock_timestamp() < v_opening.lobby_opens_at THEN
    RETURN jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_opening.lobby_opens_at));
  ELSIF clock_timestamp() >= v_opening.gate_until THEN
    RETURN jsonb_build_object('reason', 'opening-over');
  END IF;
  IF v_opening.entry_by = 'MAILBOX' AND p_mailbox_key IS NOT NULL THEN
    v_id := name_mailbox_entry(p_mailbox_key, v_person.email);
    UPDATE opening_entries SET account_id = p_account
     WHERE opening_id = p_opening AND entry_id = v_id AND account_id IS NULL RETURNING * INTO v_entry;
    IF FOUND THEN
      RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
    ELSIF EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND entry_id = v_id AND account_id <> p_account) THEN
      RETURN jsonb_build_object('reason', 'mailbox-entered');
    END IF;
  END IF;
  v_in_lobby := clock_timestamp() < v_opening.opens_at AND NOT v_opening.frozen;
  IF NOT v_in_lobby OR v_opening.order_by = 'ARRIVAL' THEN
    UPDATE openings SET last_number = last_number + 1 WHERE id = p_opening RETURNING last_number INTO v_number;
  END IF;
  INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, number)
  VALUES (p_opening, p_account, v_id, v_in_lobby, v_number)
  -- Without a target: of two inserts at once the second may meet the entry's id, not the account.
  ON CONFLICT DO NOTHING
  RETURNING * INTO v_entry;
  IF NOT FOUND THEN
    -- A moment ago, by the same account or another of its mailbox; a number that was drawn for nothing
    -- is only a turn nobody takes.
    SELECT * INTO v_entry FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account;
    IF NOT FOUND THEN
      RETURN jsonb_build_object('reason', 'mailbox-entered');
    END IF;
    RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
  END IF;
  RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, true);
END
$$;

CREATE OR REPLACE FUNCTION enter_opening_unbooked(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_booked uuid := find_booking_at_opening(p_opening, p_account);
BEGIN
  IF v_booked IS NOT NULL
     AND is_session_live(p_account, p_session_epoch, p_session)
     AND NOT EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account) THEN
    RETURN jsonb_build_object('reason', 'already-booked', 'reservationId', v_booked);
  END IF;
  RETURN enter_opening(p_opening, p_account, p_session_epoch, p_entry, p_mailbox_key, p_session);
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
  p_session uuid DEFAULT NULL
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
  INSERT INTO tickets (id, restaurant_id, service_date, number, rank, party_size, dining, channel, account_id, kiosk_id,
                       contact_phone, contact_email, locale, taken_at, asker_id, taken_key, taken_hash,
                       quote_ahead, quote_basis_minutes, quote_from_minutes, quote_to_minutes)
  VALUES (v_id, p_restaurant, v_today, v_number, v_number, p_party_size, p_dining, p_channel,
          CASE p_channel WHEN 'ONLINE' THEN p_account END, v_restaurant.kiosk, p_phone, p_email,
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
