-- Books a table in one round trip, as its own transaction. Times are judged by this database's
-- clock. Lock order: the diner (try_lock_diner: two requests of one diner never wait for each other,
-- and the second is told in-progress), one slot (skipping locked ones), then reservations.
--
-- Returns {"reservation": …, "replayed": bool} or {"reason": …}: in-progress, key-reused,
-- not-found, signed-out, address-unconfirmed, past-date, not-today, beyond-horizon, bookings-off,
-- closed-day, not-open-yet, no-turn, past-time, no-such-time, party-size, already-booked,
-- slot-taken, all-being-booked, sold-out, those of judge_hoarding; and "contended": seats are left,
-- but other bookings hold their locks at this instant, so the caller asks again after a jittered
-- moment.
--
-- `p_session_epoch` and `p_session` are those of the diner's session, which is judged before any
-- stored answer; without an epoch it is not judged. `p_avoid` are slots that other diners are just
-- confirming (a hint): while other slots of the same class of table are free, they are not given.
-- `p_turn` is the opening of which the caller has checked a turn; without one, behind a gate that
-- still stands, the answer is no-turn with the opening's id. `p_most` is how many reservations to
-- come a diner may have; null: any number.
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
        AND is_reservation_coming(status, hold_expires_at, now());
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

  -- The unique index is the judge of "one to come per diner and date"; two attempts let the diner's
  -- own run-out hold make room.
  FOR attempt IN 1..2 LOOP
    INSERT INTO reservations (id, restaurant_id, service_date, starts_at, ends_at, party_size,
                              diner_id, status, hold_expires_at, note, allergies)
    VALUES (v_id, p_restaurant, p_service_date, p_starts_at, v_slot.ends_at, p_party_size,
            p_diner, v_status, v_hold, p_note, p_allergies)
    ON CONFLICT (diner_id, restaurant_id, service_date) WHERE status IN ('HELD', 'CONFIRMED')
    DO NOTHING;
    v_inserted := FOUND;
    EXIT WHEN v_inserted;
    SELECT id INTO v_other FROM reservations
     WHERE diner_id = p_diner AND restaurant_id = p_restaurant AND service_date = p_service_date
       AND status IN ('HELD', 'CONFIRMED');
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
