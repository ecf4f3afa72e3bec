-- A table that is no longer in use ends its combinations and leaves its area, whichever code retires it.
CREATE OR REPLACE FUNCTION end_combinations() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM restaurant_combinations WHERE restaurant_id = NEW.restaurant_id AND NEW.id = ANY (table_ids);
  NEW.area_id := NULL;
  RETURN NEW;
END
$$;
