-- Makes a slot off the plan at a table in use, taken for good; the caller gives it to a reservation at
-- once. Null: the stretch can't be had (give_way), or the table is another restaurant's.
--
-- Locks as give_way. Where a slot was made without the table's lock, the insert meets slots_no_overlap.
CREATE OR REPLACE FUNCTION take_off_plan(
  p_restaurant uuid,
  p_service_date date,
  p_table uuid,
  p_starts_at timestamptz,
  p_ends_at timestamptz
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_slot uuid;
BEGIN
  IF NOT give_way(p_table => p_table, p_starts_at => p_starts_at, p_ends_at => p_ends_at) THEN
    RETURN NULL;
  END IF;
  INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party, taken, off_plan)
  SELECT t.restaurant_id, p_service_date, t.id, p_starts_at, p_ends_at, t.min_party, t.max_party, true, true
    FROM restaurant_tables t
   WHERE t.id = p_table AND t.restaurant_id = p_restaurant AND t.deleted_at IS NULL
  RETURNING id INTO v_slot;
  RETURN v_slot;
END
$$;
