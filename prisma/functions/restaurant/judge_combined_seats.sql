-- A combination seats no more than its tables do together, whether it is made or one of its tables is
-- made smaller; otherwise refused (check_violation, named as the trigger).
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
