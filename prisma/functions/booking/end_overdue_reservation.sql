-- Ends one reservation whose time is over: an expired hold becomes EXPIRED and is mailed, a party that
-- was still seated when its business day ended becomes LEFT. The sweep calls it, the next booking of a
-- held slot, and the seating of a party at a table where another was forgotten.
--
-- Locks the slots of a seated party (lock_slots), then the reservation's row, then its occupancies. No
-- transaction waits for a slot while it holds a reservation's row: one that seats a party holds the slots
-- of forgotten ones already. The slot of a hold needs neither lock nor change: a past held_until already
-- reads as free, and none is off the plan. False: it is not over, or has already been ended.
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
      SELECT slot_id FROM reservation_slots WHERE reservation_id = p_reservation AND released_at IS NULL);
    PERFORM lock_slots(p_slots => v_slots);
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
