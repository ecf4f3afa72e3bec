-- A new rate records when it was set.
CREATE OR REPLACE FUNCTION note_rate_set_again() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.set_at := clock_timestamp();
  RETURN NEW;
END
$$;
