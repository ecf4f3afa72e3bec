-- Before restaurant_combinations_seats: it locks the tables whose seats that counts.
CREATE OR REPLACE TRIGGER restaurant_combinations_in_use BEFORE INSERT OR UPDATE OF restaurant_id, table_ids ON restaurant_combinations
  FOR EACH ROW EXECUTE FUNCTION judge_combination();
