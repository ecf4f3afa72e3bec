-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION judge_booking(
  p_diner uuid,
  p_restaurant uuid,
  p_service_date date,
  p_starts_at timestamptz,
  p_turn uuid,
  OUT refusal jsonb,
  OUT confirm_within_minutes integer
)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  v_restaurant record;
  v_today date;
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
  refusal := CASE
    WHEN p_diner IS NOT NULL AND v_restaurant.diner IS NULL THEN jsonb_build_object('reason', 'signed-out')
    WHEN p_diner IS NOT NULL AND v_restaurant.email_confirmed_at IS NULL THEN jsonb_build_object('reason', 'address-unconfirmed')
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

CREATE OR REPLACE FUNCTION choose_slot(
  p_diner uuid,
  p_restaurant uuid,
  p_service_date date,
  p_starts_at timestamptz,
  p_party_size integer,
  p_slot uuid DEFAULT NULL,
  p_avoid uuid[] DEFAULT '{}',
  p_moving uuid DEFAULT NULL,
  OUT refusal jsonb,
  OUT slot uuid,
  OUT table_number integer,
  OUT ends_at timestamptz,
  OUT is_taken boolean
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_own uuid[] := '{}';
  v_left record;
BEGIN
  IF p_moving IS NOT NULL THEN
    v_own := ARRAY(SELECT c.slot_id FROM reservation_slots c
                    WHERE c.reservation_id = p_moving AND c.released_at IS NULL);
  END IF;
  SELECT s.id, s.ends_at, s.taken, t.number
    INTO slot, ends_at, is_taken, table_number
    FROM slots s
    JOIN restaurant_tables t ON t.id = s.table_id
   WHERE s.restaurant_id = p_restaurant AND s.service_date = p_service_date AND s.starts_at = p_starts_at
     AND p_party_size BETWEEN s.min_party AND s.max_party
     AND NOT s.blocked AND s.deleted_at IS NULL
     AND (is_slot_free(s.taken, s.held_until, now()) OR s.id = ANY (v_own))
     AND (p_slot IS NULL OR s.id = p_slot)
     AND s.max_party = (
       SELECT min(f.max_party) FROM slots f
        WHERE f.restaurant_id = p_restaurant AND f.service_date = p_service_date AND f.starts_at = p_starts_at
          AND p_party_size BETWEEN f.min_party AND f.max_party
          AND NOT f.blocked AND f.deleted_at IS NULL
          AND (is_slot_free(f.taken, f.held_until, now()) OR f.id = ANY (v_own))
          AND (p_slot IS NULL OR f.id = p_slot))
   ORDER BY s.id = ANY (v_own) DESC, s.id = ANY (p_avoid), s.min_party DESC, t.number
   LIMIT 1
     FOR UPDATE OF s SKIP LOCKED;
  IF FOUND THEN
    RETURN;
  END IF;

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
  refusal := CASE
    WHEN v_left.slots = 0 THEN jsonb_build_object('reason', 'no-such-time')
    WHEN v_left.fitting = 0 THEN jsonb_build_object('reason', 'party-size')
    WHEN EXISTS (
      SELECT FROM reservations v
       WHERE v.diner_id = p_diner AND v.restaurant_id = p_restaurant AND v.service_date = p_service_date
         AND v.id IS DISTINCT FROM p_moving AND is_reservation_coming(v.status, v.hold_expires_at, now()))
      THEN jsonb_build_object('reason', 'already-booked')
    WHEN v_left.free > 0 THEN jsonb_build_object('reason', 'contended')
    WHEN p_slot IS NOT NULL THEN jsonb_build_object('reason', 'slot-taken')
    WHEN v_left.first_hold_ends IS NOT NULL THEN
      jsonb_build_object('reason', 'all-being-booked', 'asOf', iso_instant(now()),
                         'lookAgainAt', iso_instant(v_left.first_hold_ends))
    ELSE jsonb_build_object('reason', 'sold-out', 'asOf', iso_instant(now()))
  END;
END
$$;

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
  v_judged record;
  v_slot record;
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

  SELECT refusal, confirm_within_minutes INTO v_judged
    FROM judge_booking(p_diner => p_diner, p_restaurant => p_restaurant, p_service_date => p_service_date,
                       p_starts_at => p_starts_at, p_turn => p_turn);
  IF v_judged.refusal IS NOT NULL THEN
    RETURN v_judged.refusal;
  END IF;
  SELECT * INTO v_slot
    FROM choose_slot(p_diner => p_diner, p_restaurant => p_restaurant, p_service_date => p_service_date,
                     p_starts_at => p_starts_at, p_party_size => p_party_size, p_slot => p_slot, p_avoid => p_avoid);
  IF v_slot.refusal IS NOT NULL THEN
    RETURN v_slot.refusal;
  END IF;

  -- Only now is known how long the party would sit.
  v_hoarding := judge_hoarding(p_diner, p_restaurant, p_service_date, p_starts_at, v_slot.ends_at, p_most);
  IF v_hoarding IS NOT NULL THEN
    RETURN v_hoarding;
  END IF;

  IF v_slot.is_taken THEN
    -- The hold on it ran out; only this slot's own, so that nobody queues for the others.
    SELECT reservation_id INTO v_other
      FROM reservation_slots WHERE slot_id = v_slot.slot AND released_at IS NULL;
    IF FOUND THEN
      PERFORM end_overdue_reservation(v_other);
    END IF;
  END IF;

  IF v_judged.confirm_within_minutes IS NULL THEN
    v_status := 'CONFIRMED';
  ELSE
    v_status := 'HELD';
    -- A hold never outlives the start of its slot.
    v_hold := least(now() + make_interval(mins => v_judged.confirm_within_minutes), p_starts_at);
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

  UPDATE slots SET taken = true, held_until = v_hold WHERE id = v_slot.slot;
  INSERT INTO reservation_slots (reservation_id, slot_id) VALUES (v_id, v_slot.slot);
  INSERT INTO audit_events (id, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status)
  VALUES (v_event, p_diner, 'DINER', p_address, p_restaurant, 'RESERVATION', v_id, 'BOOK', v_status::text);
  PERFORM queue_reservation_notice(v_id, v_event, 'RESERVATION_' || v_status, now());

  v_response := jsonb_build_object(
    'id', v_id, 'status', v_status, 'slotId', v_slot.slot, 'tableNumber', v_slot.table_number,
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
