-- Makes the slots off the plan among these there again, for the party that had them: what has come
-- back to their times gives way once more. Leaves them taken. False: another party has the time now, or
-- the table is out of use.
--
-- The caller holds the slots (lock_slots); locks as give_way, one slot after the other in id order.
CREATE OR REPLACE FUNCTION retake_off_plan(p_slots uuid[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_slot slots%ROWTYPE;
BEGIN
  FOR v_slot IN
    SELECT * FROM slots WHERE id = ANY (p_slots) AND off_plan AND deleted_at IS NOT NULL ORDER BY id
  LOOP
    IF EXISTS (SELECT FROM restaurant_tables WHERE id = v_slot.table_id AND deleted_at IS NOT NULL)
       OR NOT give_way(p_table => v_slot.table_id, p_starts_at => v_slot.starts_at, p_ends_at => v_slot.ends_at) THEN
      RETURN false;
    END IF;
    UPDATE slots SET taken = true, deleted_at = NULL WHERE id = v_slot.id;
  END LOOP;
  RETURN true;
END
$$;
