-- Before the opening a new rate takes the place of the one before it, and says when it did.
CREATE OR REPLACE TRIGGER opening_rates_set_again BEFORE UPDATE OF turns_per_second ON opening_rates FOR EACH ROW
  WHEN (OLD.turns_per_second IS DISTINCT FROM NEW.turns_per_second)
  EXECUTE FUNCTION note_rate_set_again();
