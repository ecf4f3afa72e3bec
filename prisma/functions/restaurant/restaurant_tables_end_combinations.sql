CREATE OR REPLACE TRIGGER restaurant_tables_end_combinations BEFORE UPDATE OF deleted_at ON restaurant_tables FOR EACH ROW
  WHEN (NEW.deleted_at IS NOT NULL)
  EXECUTE FUNCTION end_combinations();
