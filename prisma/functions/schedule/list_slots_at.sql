-- The slots of a table that overlap a stretch of time, those that gave way among them. Stays the same
-- as long as the table is locked (lock_tables).
CREATE OR REPLACE FUNCTION list_slots_at(
  p_table uuid,
  p_starts_at timestamptz,
  p_ends_at timestamptz
) RETURNS SETOF uuid
LANGUAGE sql STABLE
AS $$
  SELECT id FROM slots
   WHERE table_id = p_table AND deleted_at IS NULL
     AND tstzrange(starts_at, ends_at) && tstzrange(p_starts_at, p_ends_at)
  UNION ALL
  SELECT id FROM slots
   WHERE table_id = p_table AND gave_way
     AND tstzrange(starts_at, ends_at) && tstzrange(p_starts_at, p_ends_at);
$$;
