-- Clears a stretch of time at a table for a party off the plan: the free slots that overlap it give
-- way, and run-out holds on them end. False, and nothing is changed: another party has one of them, or
-- staff have blocked it. That its table is closed is judged where a slot is made (close_new_slot).
--
-- The caller holds the table (lock_tables). Locks the slots in id order, then the reservations of the
-- holds that ran out.
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
              WHERE id = ANY (v_slots) AND (blocked AND NOT closed OR NOT is_slot_free(taken, held_until, now()))) THEN
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
