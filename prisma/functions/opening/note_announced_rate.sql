-- An opening's first rate is the announced one. Locks the opening's row.
CREATE OR REPLACE FUNCTION note_announced_rate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE openings SET announced_turns_per_second = NEW.turns_per_second
   WHERE id = NEW.opening_id AND announced_turns_per_second IS NULL;
  RETURN NULL;
END
$$;
