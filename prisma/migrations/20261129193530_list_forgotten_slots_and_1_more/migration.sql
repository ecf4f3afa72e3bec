-- Written by npm run db:function.

DROP FUNCTION list_forgotten_slots(uuid[]);

CREATE OR REPLACE FUNCTION list_forgotten_slots(p_tables uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE
RETURN ARRAY(
  SELECT held.slot_id
    FROM occupancies o
    JOIN restaurants r ON r.id = o.restaurant_id
    JOIN reservation_slots held ON held.reservation_id = o.reservation_id AND held.released_at IS NULL
   WHERE o.table_id = ANY (p_tables) AND o.ended_at IS NULL
     AND o.service_date < service_date_at(now(), r.time_zone, r.day_cut_minutes));

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
