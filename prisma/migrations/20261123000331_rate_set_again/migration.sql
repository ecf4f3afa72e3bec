-- Before the opening a new rate takes the place of the one before it, and says when it did.
CREATE FUNCTION note_rate_set_again() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.set_at := clock_timestamp();
  RETURN NEW;
END
$$;
CREATE TRIGGER opening_rates_set_again BEFORE UPDATE OF turns_per_second ON opening_rates FOR EACH ROW
  WHEN (OLD.turns_per_second IS DISTINCT FROM NEW.turns_per_second)
  EXECUTE FUNCTION note_rate_set_again();
