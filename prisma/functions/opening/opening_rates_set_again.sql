-- Before the opening a new rate replaces the previous one, and records when.
CREATE OR REPLACE TRIGGER opening_rates_set_again BEFORE UPDATE OF turns_per_second ON opening_rates FOR EACH ROW
  WHEN (OLD.turns_per_second IS DISTINCT FROM NEW.turns_per_second)
  EXECUTE FUNCTION note_rate_set_again();
