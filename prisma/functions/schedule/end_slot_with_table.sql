-- A table that is out of use keeps the slots of its parties for them alone: released, they are gone.
CREATE OR REPLACE FUNCTION end_slot_with_table() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM restaurant_tables WHERE id = NEW.table_id AND deleted_at IS NOT NULL) THEN
    NEW.deleted_at := coalesce(NEW.deleted_at, now());
  END IF;
  RETURN NEW;
END
$$;
