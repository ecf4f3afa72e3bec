-- Adds to the public count of what was forgotten, in the caller's transaction.
CREATE OR REPLACE FUNCTION count_forgotten(p_what text, p_count integer) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO forgotten_counts AS c (what, total) SELECT p_what, p_count WHERE p_count > 0
  ON CONFLICT (what) DO UPDATE SET total = c.total + excluded.total
$$;
