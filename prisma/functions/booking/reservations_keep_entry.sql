-- A deleted account leaves its reservations without a diner.
CREATE OR REPLACE TRIGGER reservations_keep_entry BEFORE UPDATE OF diner_id ON reservations FOR EACH ROW
  WHEN (OLD.diner_id IS NOT NULL AND NEW.diner_id IS NULL AND NEW.entry_id IS NULL)
  EXECUTE FUNCTION keep_entry_of_reservation();
