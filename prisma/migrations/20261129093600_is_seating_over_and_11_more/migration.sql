-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION is_seating_over(p_status reservation_status, p_seated_at timestamptz, p_time_zone text, p_day_cut_minutes integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN p_status = 'SEATED'
   AND service_date_at(p_seated_at, p_time_zone, p_day_cut_minutes) < service_date_at(now(), p_time_zone, p_day_cut_minutes);

CREATE OR REPLACE FUNCTION note_seating() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'SEATED' THEN
    NEW.seated_at := coalesce(NEW.seated_at, now());
    NEW.left_at := NULL;
  ELSIF TG_OP = 'UPDATE' AND OLD.status = 'SEATED' THEN
    NEW.left_at := greatest(NEW.seated_at, coalesce(NEW.left_at, now()));
    IF (SELECT is_seating_over(OLD.status, OLD.seated_at, r.time_zone, r.day_cut_minutes)
          FROM restaurants r WHERE r.id = NEW.restaurant_id) THEN
      NEW.left_at := NULL;
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER reservations_note_seating BEFORE INSERT OR UPDATE OF status ON reservations FOR EACH ROW
  WHEN (NEW.status IN ('SEATED', 'LEFT'))
  EXECUTE FUNCTION note_seating();

CREATE OR REPLACE FUNCTION queue_reservation_notice(p_reservation uuid, p_event uuid, p_kind text, p_due_at timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, due_at, give_up_at, payload)
  SELECT p_event, told.kind, route.channel, route.because, CASE WHEN route.channel <> 'SLACK' THEN a.id END, r.id, v.id,
         CASE WHEN route.channel = 'SLACK' THEN 'slack' ELSE a.email END, coalesce(route.locale, a.locale), told.due_at,
         CASE WHEN told.kind = p_kind THEN told.due_at + interval '24 hours' ELSE v.starts_at END,
         jsonb_build_object(
           'reservationId', v.id, 'status', v.status, 'serviceDate', v.service_date,
           'startsAt', iso_instant(v.starts_at), 'endsAt', iso_instant(v.ends_at),
           'partySize', v.party_size, 'note', v.note, 'allergies', v.allergies, 'sequence', v.sequence,
           'holdExpiresAt', iso_instant(v.hold_expires_at), 'cancelledBy', v.cancelled_by,
           'dinerName', a.name, 'tableNumbers', (
             SELECT jsonb_agg(DISTINCT t.number) FROM reservation_slots c
               JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
              WHERE c.reservation_id = v.id),
           'restaurant', jsonb_build_object(
             'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
             'phone', r.phone, 'timeZone', r.time_zone))
    FROM reservations v
    JOIN restaurants r ON r.id = v.restaurant_id
    JOIN accounts a ON a.id = v.diner_id
    CROSS JOIN LATERAL (
      SELECT p_kind AS kind, p_due_at AS due_at
      UNION ALL
      -- Six in the evening of the day before, on the restaurant's wall. Who books later than that,
      -- or on the day itself, has no such evening.
      SELECT 'RESERVATION_TOMORROW', (v.service_date - 1 + time '18:00') AT TIME ZONE r.time_zone
       WHERE p_kind = 'RESERVATION_CONFIRMED'
         AND (v.service_date - 1 + time '18:00') AT TIME ZONE r.time_zone > now()
      UNION ALL
      -- Who books less than half an hour before it knows it yet.
      SELECT 'RESERVATION_SOON', v.starts_at - interval '2 hours'
       WHERE p_kind = 'RESERVATION_CONFIRMED'
         AND v.starts_at - interval '2 hours' > now() + interval '30 minutes') told
    CROSS JOIN LATERAL notice_routes(told.kind, a.id, r.id) AS route
   WHERE v.id = p_reservation
     -- A reservation that stands again is reminded of once.
     AND (told.kind = p_kind OR NOT EXISTS (
       SELECT FROM notices n WHERE n.subject_id = v.id AND n.kind = told.kind AND n.state = 'QUEUED'))
$$;

CREATE OR REPLACE FUNCTION end_overdue_reservation(p_reservation uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_from reservation_status;
  v_restaurant uuid;
  v_event uuid := gen_random_uuid();
  v_slots uuid[] := '{}';
BEGIN
  IF (SELECT status = 'SEATED' FROM reservations WHERE id = p_reservation) THEN
    v_slots := ARRAY(
      SELECT s.id FROM slots s JOIN reservation_slots c ON c.slot_id = s.id
       WHERE c.reservation_id = p_reservation AND c.released_at IS NULL ORDER BY s.id FOR UPDATE OF s);
  END IF;
  SELECT v.status, v.restaurant_id INTO v_from, v_restaurant
    FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
   WHERE v.id = p_reservation
     AND ((v.status = 'HELD' AND v.hold_expires_at <= now())
          OR is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes))
     FOR UPDATE OF v;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE reservation_slots SET released_at = now()
   WHERE reservation_id = p_reservation AND released_at IS NULL;
  UPDATE slots SET taken = false, held_until = NULL WHERE v_from = 'SEATED' AND id = ANY (v_slots);
  UPDATE reservations
     SET status = CASE v_from WHEN 'HELD' THEN 'EXPIRED'::reservation_status ELSE 'LEFT' END,
         -- The diner's calendar may have the hold; its removal has to count as later.
         sequence = sequence + CASE v_from WHEN 'HELD' THEN 1 ELSE 0 END
   WHERE id = p_reservation;
  INSERT INTO audit_events (id, actor_role, restaurant_id, subject, subject_id, act, from_status, to_status)
  VALUES (v_event, 'SERVICE', v_restaurant, 'RESERVATION', p_reservation,
          CASE v_from WHEN 'HELD' THEN 'EXPIRE' ELSE 'CLOSE_DAY' END, v_from::text,
          CASE v_from WHEN 'HELD' THEN 'EXPIRED' ELSE 'LEFT' END);
  IF v_from = 'HELD' THEN
    PERFORM queue_reservation_notice(p_reservation, v_event, 'RESERVATION_EXPIRED', now());
  END IF;
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION list_forgotten_slots(p_slots uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE
RETURN ARRAY(
  SELECT held.slot_id
    FROM slots s
    JOIN restaurants r ON r.id = s.restaurant_id
    JOIN occupancies o ON o.table_id = s.table_id AND o.ended_at IS NULL
     AND o.service_date < service_date_at(now(), r.time_zone, r.day_cut_minutes)
    JOIN reservation_slots held ON held.reservation_id = o.reservation_id AND held.released_at IS NULL
   WHERE s.id = ANY (p_slots));

CREATE OR REPLACE FUNCTION occupy_tables(p_reservation uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_party record;
  v_tables uuid[];
  v_table uuid;
  v_forgotten uuid;
  v_before record;
BEGIN
  SELECT v.restaurant_id, v.seated_at,
         service_date_at(v.seated_at, r.time_zone, r.day_cut_minutes) AS service_date,
         service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today
    INTO v_party
    FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
   WHERE v.id = p_reservation;
  IF v_party.service_date < v_party.today THEN
    RETURN;
  END IF;
  v_tables := ARRAY(
    SELECT DISTINCT s.table_id FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
     WHERE c.reservation_id = p_reservation AND c.released_at IS NULL ORDER BY s.table_id);
  FOR v_forgotten IN
    SELECT DISTINCT o.reservation_id FROM occupancies o
     WHERE o.table_id = ANY (v_tables) AND o.ended_at IS NULL AND o.service_date < v_party.today
     ORDER BY o.reservation_id
  LOOP
    PERFORM end_overdue_reservation(p_reservation => v_forgotten);
  END LOOP;
  SELECT count(*) AS total, count(*) FILTER (WHERE ended_at IS NULL) AS going_on, max(ended_at) AS last_end
    INTO v_before
    FROM occupancies WHERE reservation_id = p_reservation AND seated_at >= v_party.seated_at;
  PERFORM FROM occupancies
    WHERE reservation_id = p_reservation AND ended_at IS NULL ORDER BY table_id FOR UPDATE;
  UPDATE occupancies SET ended_at = greatest(seated_at, now())
   WHERE reservation_id = p_reservation AND ended_at IS NULL AND table_id <> ALL (v_tables);
  FOREACH v_table IN ARRAY v_tables LOOP
    UPDATE occupancies SET ended_at = NULL, by_day_cut = false
     WHERE reservation_id = p_reservation AND table_id = v_table
       AND (ended_at IS NULL OR (v_before.going_on = 0 AND ended_at = v_before.last_end AND seated_at >= v_party.seated_at));
    IF NOT FOUND THEN
      INSERT INTO occupancies (restaurant_id, table_id, reservation_id, service_date, seated_at)
      VALUES (v_party.restaurant_id, v_table, p_reservation, v_party.service_date,
              CASE v_before.total WHEN 0 THEN v_party.seated_at ELSE greatest(v_party.seated_at, now()) END);
    END IF;
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION keep_occupancies() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'SEATED' THEN
    PERFORM occupy_tables(p_reservation => NEW.id);
    RETURN NULL;
  END IF;
  PERFORM FROM occupancies
    WHERE reservation_id = NEW.id AND ended_at IS NULL ORDER BY table_id FOR UPDATE;
  UPDATE occupancies o
     SET ended_at = greatest(o.seated_at, least(coalesce(NEW.left_at, now()),
           (o.service_date + 1 + make_interval(mins => r.day_cut_minutes)) AT TIME ZONE r.time_zone)),
         by_day_cut = NEW.status = 'LEFT' AND NEW.left_at IS NULL
    FROM restaurants r
   WHERE o.reservation_id = NEW.id AND o.ended_at IS NULL AND r.id = o.restaurant_id;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER reservations_seated AFTER INSERT ON reservations FOR EACH ROW
  WHEN (NEW.status = 'SEATED')
  EXECUTE FUNCTION keep_occupancies();

CREATE OR REPLACE TRIGGER reservations_seating_changed AFTER UPDATE OF status ON reservations FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND 'SEATED' IN (OLD.status, NEW.status))
  EXECUTE FUNCTION keep_occupancies();

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

CREATE OR REPLACE FUNCTION find_booking_at_opening(p_opening uuid, p_account uuid) RETURNS uuid
LANGUAGE sql STABLE
RETURN (
  SELECT r.id
    FROM openings o
    JOIN reservations r ON r.restaurant_id = o.restaurant_id AND r.service_date = o.service_date
   WHERE o.id = p_opening AND r.diner_id = p_account
     AND is_reservation_coming(r.status, r.hold_expires_at, now())
   LIMIT 1);
