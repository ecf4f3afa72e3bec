-- The locks of every act that gives slots to a party or takes them from it, before its reservation's:
-- first the tables of slots off the plan, and those at which one is to be made between the two instants
-- (`p_tables`), in id order, because slots of the plan come and go with them; then all slots in id order.
-- These are the slots asked for, those of parties forgotten at any of these tables on past dates
-- (list_forgotten_slots), and all at the times of the ones off the plan. Returns their ids; what they say
-- is read by the caller's next statement.
CREATE OR REPLACE FUNCTION lock_slots(
  p_slots uuid[],
  p_tables uuid[] DEFAULT '{}',
  p_starts_at timestamptz DEFAULT NULL,
  p_ends_at timestamptz DEFAULT NULL
) RETURNS uuid[]
LANGUAGE plpgsql AS $$
DECLARE
  v_slots uuid[] := p_slots || list_forgotten_slots(
    p_tables => p_tables || ARRAY(SELECT DISTINCT table_id FROM slots WHERE id = ANY (p_slots)));
  v_tables uuid[] := p_tables || ARRAY(SELECT DISTINCT table_id FROM slots WHERE id = ANY (v_slots) AND off_plan);
BEGIN
  IF cardinality(v_tables) > 0 THEN
    PERFORM lock_tables(p_tables => v_tables);
    v_slots := v_slots || ARRAY(
      SELECT beside.id
        FROM slots s,
             list_slots_at(p_table => s.table_id, p_starts_at => s.starts_at, p_ends_at => s.ends_at) AS beside (id)
       WHERE s.id = ANY (v_slots) AND s.off_plan
       UNION ALL
      SELECT beside.id
        FROM unnest(p_tables) AS t (id),
             list_slots_at(p_table => t.id, p_starts_at => p_starts_at, p_ends_at => p_ends_at) AS beside (id));
  END IF;
  RETURN ARRAY(SELECT id FROM slots WHERE id = ANY (v_slots) ORDER BY id FOR UPDATE);
END
$$;
