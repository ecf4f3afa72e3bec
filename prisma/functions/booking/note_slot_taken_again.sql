-- A slot given back to its reservation is taken from that instant on, by the statement's clock. By
-- the transaction's, a slot freed in between would look taken twice.
CREATE OR REPLACE FUNCTION note_slot_taken_again() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.taken_at := clock_timestamp();
  RETURN NEW;
END
$$;
