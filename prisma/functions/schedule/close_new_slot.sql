-- A slot that is made at a closed table is blocked from the start. Off the plan, a party would sit there
-- at once: refused (check_violation, named as the trigger).
--
-- The caller holds the table (lock_tables), as the closing does: one of the two comes first.
CREATE OR REPLACE FUNCTION close_new_slot() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM closed_tables
     WHERE table_id = NEW.table_id
       AND tstzrange(starts_at, ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)) THEN
    RETURN NEW;
  END IF;
  IF NEW.off_plan THEN
    RAISE EXCEPTION 'the table is closed' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END IF;
  IF NOT NEW.blocked THEN
    NEW.blocked := true;
    NEW.closed := true;
  END IF;
  RETURN NEW;
END
$$;
