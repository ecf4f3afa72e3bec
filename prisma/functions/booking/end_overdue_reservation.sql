-- Ends one reservation whose time is over: an expired hold becomes EXPIRED and is mailed, a party
-- whose slot has ended becomes LEFT. The sweep calls it, and the next booking of the slot.
--
-- Locks the reservation's row only; a caller may hold a slot's lock, because no transaction waits
-- for a slot while it holds a reservation's row (order: slots, reservation). The slot's own row
-- needs no change: a past held_until, or a past end, already reads as free. False: it is not over,
-- or has already been ended.
CREATE OR REPLACE FUNCTION end_overdue_reservation(p_reservation uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_from reservation_status;
  v_restaurant uuid;
  v_event uuid := gen_random_uuid();
BEGIN
  SELECT status, restaurant_id INTO v_from, v_restaurant
    FROM reservations
   WHERE id = p_reservation
     AND ((status = 'HELD' AND hold_expires_at <= now()) OR (status = 'SEATED' AND ends_at <= now()))
     FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE reservations
     SET status = CASE v_from WHEN 'HELD' THEN 'EXPIRED'::reservation_status ELSE 'LEFT' END,
         -- The diner's calendar may have the hold; its removal has to count as later.
         sequence = sequence + CASE v_from WHEN 'HELD' THEN 1 ELSE 0 END
   WHERE id = p_reservation;
  UPDATE reservation_slots SET released_at = now()
   WHERE reservation_id = p_reservation AND released_at IS NULL;
  INSERT INTO audit_events (id, actor_role, restaurant_id, subject, subject_id, act, from_status, to_status)
  VALUES (v_event, 'SERVICE', v_restaurant, 'RESERVATION', p_reservation,
          CASE v_from WHEN 'HELD' THEN 'EXPIRE' ELSE 'LEAVE' END, v_from::text,
          CASE v_from WHEN 'HELD' THEN 'EXPIRED' ELSE 'LEFT' END);
  IF v_from = 'HELD' THEN
    PERFORM queue_reservation_notice(p_reservation, v_event, 'RESERVATION_EXPIRED', now());
  END IF;
  RETURN true;
END
$$;
