-- Locks tables in id order, before any of their slots: so that no two acts make slots at one table at
-- the same moment. Inserting side by side into slots_no_overlap deadlocks; a diner's booking makes no
-- slot and waits for none of this.
CREATE OR REPLACE FUNCTION lock_tables(p_tables uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM restaurant_tables WHERE id = ANY (p_tables) ORDER BY id FOR NO KEY UPDATE;
END
$$;
