-- All rows of a restaurant's guests that are one person by what staff say, the entry first: a guest, the
-- entry it is merged into, and everything else merged into that.
CREATE OR REPLACE FUNCTION guests_merged_with(p_guest uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(g.merged_into, g.id) FROM guests g WHERE g.id = p_guest
  UNION ALL
  SELECT m.id FROM guests g JOIN guests m ON m.merged_into = coalesce(g.merged_into, g.id) WHERE g.id = p_guest
$$;
