-- After the triggers exist: whoever seats a party from now on is noted by them.

-- Parties whose slot had ended read as LEFT until now, whether a sweep had recorded it or not.
WITH ended AS (
  UPDATE reservations SET status = 'LEFT', left_at = ends_at WHERE status = 'SEATED' AND ends_at <= now()
  RETURNING id, restaurant_id),
released AS (
  UPDATE reservation_slots c SET released_at = now()
    FROM ended WHERE c.reservation_id = ended.id AND c.released_at IS NULL)
INSERT INTO audit_events (actor_role, restaurant_id, subject, subject_id, act, from_status, to_status)
SELECT 'SERVICE', restaurant_id, 'RESERVATION', id, 'LEAVE', 'SEATED', 'LEFT' FROM ended;

UPDATE reservations v SET seated_at = coalesce((
    SELECT max(e.at) FROM audit_events e
     WHERE e.subject_id = v.id AND e.to_status = 'SEATED' AND e.undone_at IS NULL), now())
 WHERE v.status = 'SEATED' AND v.seated_at IS NULL;

-- Those who sit now have their tables. Where two were seated at one, the party whose time it is has it.
INSERT INTO occupancies (restaurant_id, table_id, reservation_id, service_date, seated_at)
SELECT DISTINCT ON (s.table_id) v.restaurant_id, s.table_id, v.id,
       service_date_at(v.seated_at, r.time_zone, r.day_cut_minutes), v.seated_at
  FROM reservations v
  JOIN restaurants r ON r.id = v.restaurant_id
  JOIN reservation_slots c ON c.reservation_id = v.id AND c.released_at IS NULL
  JOIN slots s ON s.id = c.slot_id
 WHERE v.status = 'SEATED'
   AND NOT EXISTS (SELECT FROM occupancies o WHERE o.table_id = s.table_id AND o.ended_at IS NULL)
 ORDER BY s.table_id, v.starts_at > now(), abs(extract(epoch FROM v.starts_at - now())), v.id;

-- The other one has left; staff can correct it.
WITH beaten AS (
  SELECT v.id FROM reservations v
   WHERE v.status = 'SEATED'
     AND NOT EXISTS (SELECT FROM occupancies o WHERE o.reservation_id = v.id AND o.ended_at IS NULL)
   ORDER BY v.id FOR UPDATE),
ended AS (
  UPDATE reservations SET status = 'LEFT' FROM beaten WHERE reservations.id = beaten.id
  RETURNING reservations.id, restaurant_id),
freed AS (
  UPDATE slots s SET taken = false, held_until = NULL
    FROM reservation_slots c, ended
   WHERE c.reservation_id = ended.id AND c.released_at IS NULL AND s.id = c.slot_id),
released AS (
  UPDATE reservation_slots c SET released_at = now()
    FROM ended WHERE c.reservation_id = ended.id AND c.released_at IS NULL)
INSERT INTO audit_events (actor_role, restaurant_id, subject, subject_id, act, from_status, to_status)
SELECT 'SERVICE', restaurant_id, 'RESERVATION', id, 'LEAVE', 'SEATED', 'LEFT' FROM ended;

-- G2 counts those to come. Locks reservations against writes while it reads the table once; bookings
-- meanwhile wait, or are told to try again. The functions of the version before infer it neither by
-- name nor by its predicate any more.
CREATE UNIQUE INDEX reservations_one_coming_per_diner ON reservations (diner_id, restaurant_id, service_date)
  WHERE status IN ('HELD', 'CONFIRMED');
DROP INDEX reservations_one_active_per_diner;
ALTER INDEX reservations_one_coming_per_diner RENAME TO reservations_one_active_per_diner;
