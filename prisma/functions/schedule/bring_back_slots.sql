-- The slots of the plan that had given way to one off the plan come back, each where no other slot of
-- its table stands in the way.
--
-- The caller holds the table and the slots that come back (lock_slots); the lock here is for one that
-- does not.
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
