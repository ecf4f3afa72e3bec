-- Books a table in one round trip, as its own transaction. Times are judged by this database's
-- clock. Lock order: the diner (try_lock_diner: two requests of one diner never wait for each other,
-- and the second is told in-progress), one slot (skipping locked ones), then reservations.
--
-- Returns {"reservation": …, "replayed": bool} or {"reason": …}: in-progress, key-reused, signed-out,
-- shared-tablet, already-booked, those of judge_booking, choose_slot and judge_hoarding; and
-- "contended": seats are left, but other bookings hold their locks at this instant, so the caller asks
-- again after a jittered moment. Raises idempotency_keys_once_per_account when another kind of request
-- has used the key meanwhile: nothing is written, and asking again finds its answer.
--
-- `p_session_epoch` and `p_session` are those of the diner's session, which is judged before any
-- stored answer; without an epoch it is not judged. `p_avoid` are slots that other diners are just
-- confirming (a hint): while other slots of the same class of table are free, they are not given.
-- `p_turn` is the opening of which the caller has checked a turn; without one, behind a gate that
-- still stands, the answer is no-turn with the opening's id. `p_most` is how many reservations to
-- come a diner may have; null: any number. `p_one_notice`: one row in the outbox, from which the caller's
-- workers make the rest; workers of the release before would leave it alone, and its processes don't
-- ask for it.
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
  p_session uuid DEFAULT NULL,
  p_one_notice boolean DEFAULT false
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
  ELSIF is_session_shared(p_session) THEN
    RETURN jsonb_build_object('reason', 'shared-tablet');
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

  SELECT refusal, confirm_within_minutes, awaits_staff INTO v_judged
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
                              diner_id, status, hold_expires_at, awaits_staff, note, allergies)
    VALUES (v_id, p_restaurant, p_service_date, p_starts_at, v_slot.ends_at, p_party_size,
            p_diner, v_status, v_hold, v_judged.awaits_staff, p_note, p_allergies)
    ON CONFLICT (restaurant_id, service_date, diner_id, (CASE WHEN status IN ('HELD', 'CONFIRMED') THEN true END))
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
  IF p_one_notice THEN
    PERFORM queue_booking_notice(p_reservation => v_id, p_event => v_event, p_kind => 'RESERVATION_' || v_status);
  ELSE
    PERFORM queue_reservation_notice(v_id, v_event, 'RESERVATION_' || v_status, now());
  END IF;
  IF v_judged.awaits_staff THEN
    PERFORM queue_hold_to_confirm(p_reservation => v_id, p_event => v_event);
  END IF;

  v_response := jsonb_build_object(
    'id', v_id, 'status', v_status, 'slotId', v_slot.slot, 'tableNumber', v_slot.table_number,
    'startsAt', iso_instant(p_starts_at), 'endsAt', iso_instant(v_slot.ends_at),
    'partySize', p_party_size, 'holdExpiresAt', iso_instant(v_hold), 'awaitsStaff', v_judged.awaits_staff);
  INSERT INTO idempotency_keys (account_id, key, request_hash, response)
  VALUES (p_diner, p_key, p_request_hash, v_response);
  RETURN jsonb_build_object('reservation', v_response, 'replayed', false);
END
$$;
