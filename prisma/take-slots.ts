import { columns, listColumns } from './rows'

/**
 * Makes a reservation whose slots, flags and audit log agree with its status.
 * `$1` slots, `$2` party size, `$3` diner, `$4` walk-in, `$5` status, `$6` deadline, `$7` cancelled
 * by, `$8` note. Slots are locked in id order before anything else, as everywhere.
 */
export const TAKE_SLOTS = `
  WITH chosen AS MATERIALIZED (
    SELECT * FROM slots WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE
  ), party AS (
    INSERT INTO reservations (restaurant_id, service_date, starts_at, ends_at, party_size, diner_id,
                              walk_in, status, hold_expires_at, cancelled_by, note)
    SELECT restaurant_id, service_date, min(starts_at), max(ends_at),
           coalesce($2::int, greatest(min(min_party), least(2, max(max_party)))), $3::uuid,
           $4::boolean, $5::reservation_status, $6::timestamptz, $7::text, $8::text
      FROM chosen GROUP BY restaurant_id, service_date
    RETURNING *, status IN ('HELD', 'CONFIRMED', 'SEATED') AS occupies
  ), taken_slots AS (
    INSERT INTO reservation_slots (reservation_id, slot_id, released_at)
    SELECT party.id, chosen.id, CASE WHEN NOT party.occupies THEN now() END FROM party, chosen
  ), flags AS (
    UPDATE slots SET taken = true, held_until = CASE party.status WHEN 'HELD' THEN party.hold_expires_at END
      FROM party, chosen WHERE slots.id = chosen.id AND party.occupies
  ), acts AS (
    INSERT INTO audit_events (actor_id, actor_role, restaurant_id, subject, subject_id, act, from_status, to_status)
    SELECT party.diner_id, CASE WHEN walk_in THEN 'OWNER' ELSE 'DINER' END, party.restaurant_id,
           'RESERVATION', party.id, CASE WHEN walk_in THEN 'WALK_IN' ELSE 'BOOK' END, NULL,
           CASE WHEN walk_in THEN 'SEATED' WHEN hold_expires_at IS NULL THEN 'CONFIRMED' ELSE 'HELD' END
      FROM party
    UNION ALL
    SELECT CASE cancelled_by WHEN 'DINER' THEN party.diner_id END, coalesce(cancelled_by, later.actor_role),
           party.restaurant_id, 'RESERVATION', party.id, later.act,
           CASE WHEN later.act = 'EXPIRE' THEN 'HELD' WHEN later.act = 'LEAVE' THEN 'SEATED' ELSE 'CONFIRMED' END,
           party.status::text
      FROM party
      JOIN (VALUES ('SEATED', 'SEAT', 'OWNER'), ('LEFT', 'LEAVE', 'SERVICE'), ('NO_SHOW', 'NO_SHOW', 'OWNER'),
                   ('CANCELLED', 'CANCEL', 'SERVICE'), ('EXPIRED', 'EXPIRE', 'SERVICE'))
           AS later (status, act, actor_role)
        ON later.status = party.status::text AND NOT (walk_in AND later.act = 'SEAT')
  )
  SELECT ${listColumns(columns.reservations)} FROM party`
