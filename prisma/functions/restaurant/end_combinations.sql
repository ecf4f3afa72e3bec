-- A table that is no longer in use ends its combinations, leaves its area and its place, whichever code retires it.
CREATE OR REPLACE FUNCTION end_combinations() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM restaurant_combinations WHERE restaurant_id = NEW.restaurant_id AND NEW.id = ANY (table_ids);
  NEW.area_id := NULL;
  NEW.floor_x := NULL;
  NEW.floor_y := NULL;
  NEW.floor_shape := NULL;
  RETURN NEW;
END
$$;
