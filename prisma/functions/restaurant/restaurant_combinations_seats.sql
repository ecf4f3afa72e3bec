CREATE OR REPLACE TRIGGER restaurant_combinations_seats AFTER INSERT OR UPDATE ON restaurant_combinations
  FOR EACH ROW EXECUTE FUNCTION judge_combined_seats();
