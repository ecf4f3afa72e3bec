-- Finds and locks the slot that fits a party best at a time: the smallest class of table of which any
-- slot is free, whether somebody is just trying for it (locked) or not; a larger class only when none
-- of that class is left. Locks that slot, skipping locked ones, so it never waits.
--
-- `p_slot` is the one slot asked for; null: any. `p_avoid` are slots that other diners are just
-- confirming (a hint): while other slots of the same class are free, they are not given. `p_moving` is
-- the reservation that moves: its own slots count as free and come first within their class, and what
-- gave way to it alone is there. Tables out of use are not.
--
-- `refusal` is null, or {"reason": …}: closed-day, no-such-time, party-size, already-booked, slot-taken,
-- all-being-booked with when to look again, sold-out with as of when; and "contended": slots are left,
-- but others hold their locks at this instant. `is_taken`: by a hold that ran out, or by `p_moving`.
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
  v_given uuid[] := '{}';
  v_left record;
BEGIN
  IF p_moving IS NOT NULL THEN
    v_own := ARRAY(SELECT c.slot_id FROM reservation_slots c
                    WHERE c.reservation_id = p_moving AND c.released_at IS NULL);
    v_given := ARRAY(
      SELECT g.id
        FROM slots o
        JOIN slots g ON g.table_id = o.table_id AND g.gave_way
                    AND tstzrange(g.starts_at, g.ends_at) && tstzrange(o.starts_at, o.ends_at)
       WHERE o.id = ANY (v_own) AND o.off_plan
         AND NOT EXISTS (
           SELECT FROM slots x
            WHERE x.table_id = g.table_id AND x.deleted_at IS NULL AND x.id <> ALL (v_own)
              AND tstzrange(x.starts_at, x.ends_at) && tstzrange(g.starts_at, g.ends_at)));
  END IF;
  SELECT s.id, s.ends_at, s.taken, t.number
    INTO slot, ends_at, is_taken, table_number
    FROM slots s
    JOIN restaurant_tables t ON t.id = s.table_id AND t.deleted_at IS NULL
   WHERE s.restaurant_id = p_restaurant AND s.service_date = p_service_date AND s.starts_at = p_starts_at
     AND p_party_size BETWEEN s.min_party AND s.max_party
     AND NOT s.blocked AND (s.deleted_at IS NULL OR s.id = ANY (v_given))
     AND (is_slot_free(s.taken, s.held_until, now()) OR s.id = ANY (v_own))
     AND (p_slot IS NULL OR s.id = p_slot)
     AND s.max_party = (
       SELECT min(f.max_party)
         FROM slots f JOIN restaurant_tables ft ON ft.id = f.table_id AND ft.deleted_at IS NULL
        WHERE f.restaurant_id = p_restaurant AND f.service_date = p_service_date AND f.starts_at = p_starts_at
          AND p_party_size BETWEEN f.min_party AND f.max_party
          AND NOT f.blocked AND (f.deleted_at IS NULL OR f.id = ANY (v_given))
          AND (is_slot_free(f.taken, f.held_until, now()) OR f.id = ANY (v_own))
          AND (p_slot IS NULL OR f.id = p_slot))
   ORDER BY s.id = ANY (v_own) DESC, s.id = ANY (p_avoid), s.min_party DESC, t.number
   LIMIT 1
     FOR UPDATE OF s SKIP LOCKED;
  IF FOUND THEN
    -- Under the lock: staff who close a date lock its slots last, so a booking judged before may meet it.
    IF EXISTS (SELECT FROM service_dates d
                WHERE d.restaurant_id = p_restaurant AND d.service_date = p_service_date AND d.closed) THEN
      refusal := jsonb_build_object('reason', 'closed-day');
    END IF;
    RETURN;
  END IF;

  SELECT count(*) AS slots,
         count(*) FILTER (WHERE fits) AS fitting,
         count(*) FILTER (WHERE fits AND NOT blocked AND is_slot_free(taken, held_until, now())) AS free,
         min(held_until) FILTER (WHERE fits AND NOT blocked AND taken AND held_until > now()) AS first_hold_ends
    INTO v_left
    FROM (SELECT s.*, p_party_size BETWEEN s.min_party AND s.max_party AS fits
            FROM slots s JOIN restaurant_tables t ON t.id = s.table_id AND t.deleted_at IS NULL
           WHERE s.restaurant_id = p_restaurant AND s.service_date = p_service_date
             AND s.starts_at = p_starts_at AND (s.deleted_at IS NULL OR s.id = ANY (v_given))
             AND (NOT s.off_plan OR s.id = ANY (v_own))
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
