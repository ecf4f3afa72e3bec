-- Gives a seated party the tables of the slots it holds (G21), and takes from it those of slots it
-- holds no longer. The seating that ended last goes on where it was: a party that had only seemed to
-- leave sits since then. A party that is reported after its day is over occupies nothing any more.
--
-- First closes what was forgotten at these tables on past dates. The caller holds its slots, those of
-- list_forgotten_slots, and its reservation; this locks the reservations of forgotten parties in id
-- order, then occupancies in the order of their tables. Where another party sits, the insert meets
-- occupancies_one_party_per_table.
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
