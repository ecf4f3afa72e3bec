-- A combination is a set of tables of its restaurant that are in use, in id order: anything else is
-- refused (check_violation, named as the trigger). Locks the tables in id order, so that one that is
-- retired or made smaller at the same time is either seen, or sees the combination.
CREATE OR REPLACE FUNCTION judge_combination() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM restaurant_tables WHERE id = ANY (NEW.table_ids) ORDER BY id FOR SHARE;
  IF NEW.table_ids IS DISTINCT FROM (
       SELECT array_agg(id ORDER BY id) FROM restaurant_tables
        WHERE id = ANY (NEW.table_ids) AND restaurant_id = NEW.restaurant_id AND deleted_at IS NULL) THEN
    RAISE EXCEPTION 'not a set of tables in use' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END
$$;
