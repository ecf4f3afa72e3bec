-- The slots of parties that were forgotten on past dates at these tables. A transaction about to seat a
-- party there locks them with its own, in id order: closing a forgotten party frees its slots, and no lock
-- on a slot is waited for once a reservation is held.
CREATE OR REPLACE FUNCTION list_forgotten_slots(p_tables uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE
RETURN ARRAY(
  SELECT held.slot_id
    FROM occupancies o
    JOIN restaurants r ON r.id = o.restaurant_id
    JOIN reservation_slots held ON held.reservation_id = o.reservation_id AND held.released_at IS NULL
   WHERE o.table_id = ANY (p_tables) AND o.ended_at IS NULL
     AND o.service_date < service_date_at(now(), r.time_zone, r.day_cut_minutes));
