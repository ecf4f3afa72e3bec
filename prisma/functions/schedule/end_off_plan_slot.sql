-- A slot off the plan is there for its party alone: released, it is gone.
CREATE OR REPLACE FUNCTION end_off_plan_slot() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.deleted_at := now();
  RETURN NEW;
END
$$;
