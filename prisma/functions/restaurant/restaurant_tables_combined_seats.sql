CREATE OR REPLACE TRIGGER restaurant_tables_combined_seats AFTER UPDATE OF max_party ON restaurant_tables FOR EACH ROW
  WHEN (NEW.max_party < OLD.max_party)
  EXECUTE FUNCTION judge_combined_seats();
