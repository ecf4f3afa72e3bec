-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION lock_tables(p_tables uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM restaurant_tables WHERE id = ANY (p_tables) ORDER BY id FOR NO KEY UPDATE;
END
$$;

CREATE OR REPLACE FUNCTION list_slots_at(
  p_table uuid,
  p_starts_at timestamptz,
  p_ends_at timestamptz
) RETURNS SETOF uuid
LANGUAGE sql STABLE
AS $$
  SELECT id FROM slots
   WHERE table_id = p_table AND deleted_at IS NULL
     AND tstzrange(starts_at, ends_at) && tstzrange(p_starts_at, p_ends_at)
  UNION ALL
  SELECT id FROM slots
   WHERE table_id = p_table AND gave_way
     AND tstzrange(starts_at, ends_at) && tstzrange(p_starts_at, p_ends_at);
$$;

CREATE OR REPLACE FUNCTION end_off_plan_slot() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.deleted_at := now();
  RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION bring_back_slots() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_slot uuid;
BEGIN
  PERFORM lock_tables(p_tables => ARRAY[NEW.table_id]);
  FOR v_slot IN
    SELECT s.id FROM slots s
     WHERE s.table_id = NEW.table_id AND s.gave_way
       AND tstzrange(s.starts_at, s.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)
     ORDER BY s.id FOR UPDATE
  LOOP
    UPDATE slots s SET gave_way = false, deleted_at = NULL
     WHERE s.id = v_slot
       AND NOT EXISTS (
         SELECT FROM slots o
          WHERE o.table_id = s.table_id AND o.deleted_at IS NULL
            AND tstzrange(o.starts_at, o.ends_at) && tstzrange(s.starts_at, s.ends_at));
  END LOOP;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION lock_slots(
  p_slots uuid[],
  p_tables uuid[] DEFAULT '{}',
  p_starts_at timestamptz DEFAULT NULL,
  p_ends_at timestamptz DEFAULT NULL
) RETURNS uuid[]
LANGUAGE plpgsql AS $$
DECLARE
  v_slots uuid[] := p_slots || list_forgotten_slots(p_slots => p_slots);
  v_tables uuid[] := p_tables || ARRAY(SELECT DISTINCT table_id FROM slots WHERE id = ANY (v_slots) AND off_plan);
BEGIN
  IF cardinality(v_tables) > 0 THEN
    PERFORM lock_tables(p_tables => v_tables);
    v_slots := v_slots || ARRAY(
      SELECT beside.id
        FROM slots s,
             list_slots_at(p_table => s.table_id, p_starts_at => s.starts_at, p_ends_at => s.ends_at) AS beside (id)
       WHERE s.id = ANY (v_slots) AND s.off_plan
       UNION ALL
      SELECT beside.id
        FROM unnest(p_tables) AS t (id),
             list_slots_at(p_table => t.id, p_starts_at => p_starts_at, p_ends_at => p_ends_at) AS beside (id));
  END IF;
  RETURN ARRAY(SELECT id FROM slots WHERE id = ANY (v_slots) ORDER BY id FOR UPDATE);
END
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

CREATE OR REPLACE FUNCTION give_way(
  p_table uuid,
  p_starts_at timestamptz,
  p_ends_at timestamptz
) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_slots uuid[];
BEGIN
  v_slots := ARRAY(
    SELECT id FROM slots
     WHERE table_id = p_table AND deleted_at IS NULL
       AND tstzrange(starts_at, ends_at) && tstzrange(p_starts_at, p_ends_at)
     ORDER BY id FOR UPDATE);
  IF EXISTS (SELECT FROM slots
              WHERE id = ANY (v_slots) AND (blocked OR NOT is_slot_free(taken, held_until, now()))) THEN
    RETURN false;
  END IF;
  PERFORM end_overdue_reservation(p_reservation => c.reservation_id)
     FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
    WHERE s.id = ANY (v_slots) AND c.released_at IS NULL AND s.taken;
  UPDATE slots SET taken = false, held_until = NULL, deleted_at = now(), gave_way = true
   WHERE id = ANY (v_slots);
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION take_off_plan(
  p_restaurant uuid,
  p_service_date date,
  p_table uuid,
  p_starts_at timestamptz,
  p_ends_at timestamptz
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_slot uuid;
BEGIN
  IF NOT give_way(p_table => p_table, p_starts_at => p_starts_at, p_ends_at => p_ends_at) THEN
    RETURN NULL;
  END IF;
  INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party, taken, off_plan)
  SELECT t.restaurant_id, p_service_date, t.id, p_starts_at, p_ends_at, t.min_party, t.max_party, true, true
    FROM restaurant_tables t
   WHERE t.id = p_table AND t.restaurant_id = p_restaurant AND t.deleted_at IS NULL
  RETURNING id INTO v_slot;
  RETURN v_slot;
END
$$;

CREATE OR REPLACE FUNCTION retake_off_plan(p_slots uuid[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_slot slots%ROWTYPE;
BEGIN
  FOR v_slot IN
    SELECT * FROM slots WHERE id = ANY (p_slots) AND off_plan AND deleted_at IS NOT NULL ORDER BY id
  LOOP
    IF NOT give_way(p_table => v_slot.table_id, p_starts_at => v_slot.starts_at, p_ends_at => v_slot.ends_at) THEN
      RETURN false;
    END IF;
    UPDATE slots SET taken = true, deleted_at = NULL WHERE id = v_slot.id;
  END LOOP;
  RETURN true;
END
$$;

CREATE OR REPLACE TRIGGER slots_end_off_plan BEFORE UPDATE OF taken ON slots FOR EACH ROW
  WHEN (OLD.off_plan AND OLD.taken AND NOT NEW.taken)
  EXECUTE FUNCTION end_off_plan_slot();

CREATE OR REPLACE TRIGGER slots_bring_back AFTER UPDATE OF taken ON slots FOR EACH ROW
  WHEN (OLD.off_plan AND OLD.taken AND NOT NEW.taken)
  EXECUTE FUNCTION bring_back_slots();
