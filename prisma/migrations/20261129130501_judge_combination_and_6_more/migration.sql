-- Written by npm run db:function.

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

CREATE OR REPLACE FUNCTION judge_combined_seats() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
       SELECT FROM restaurant_combinations c
        WHERE c.restaurant_id = NEW.restaurant_id
          AND (TG_TABLE_NAME = 'restaurant_combinations' OR NEW.id = ANY (c.table_ids))
          AND (TG_TABLE_NAME = 'restaurant_tables' OR c.id = NEW.id)
          AND c.max_party > (SELECT sum(t.max_party) FROM restaurant_tables t WHERE t.id = ANY (c.table_ids))) THEN
    RAISE EXCEPTION 'more than its tables seat' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION end_combinations() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM restaurant_combinations WHERE restaurant_id = NEW.restaurant_id AND NEW.id = ANY (table_ids);
  NEW.area_id := NULL;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER restaurant_combinations_in_use BEFORE INSERT OR UPDATE OF restaurant_id, table_ids ON restaurant_combinations
  FOR EACH ROW EXECUTE FUNCTION judge_combination();

CREATE OR REPLACE TRIGGER restaurant_combinations_seats AFTER INSERT OR UPDATE ON restaurant_combinations
  FOR EACH ROW EXECUTE FUNCTION judge_combined_seats();

CREATE OR REPLACE TRIGGER restaurant_tables_combined_seats AFTER UPDATE OF max_party ON restaurant_tables FOR EACH ROW
  WHEN (NEW.max_party < OLD.max_party)
  EXECUTE FUNCTION judge_combined_seats();

CREATE OR REPLACE TRIGGER restaurant_tables_end_combinations BEFORE UPDATE OF deleted_at ON restaurant_tables FOR EACH ROW
  WHEN (NEW.deleted_at IS NOT NULL)
  EXECUTE FUNCTION end_combinations();
