-- Keeps the occupancies of tables with the status of their party (G21), whichever code writes it. A
-- party that leaves, or never sat, frees its tables at once; one that was forgotten freed them at the
-- day cut. Locks as occupy_tables.
CREATE OR REPLACE FUNCTION keep_occupancies() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'SEATED' THEN
    PERFORM occupy_tables(p_reservation => NEW.id);
    RETURN NULL;
  END IF;
  PERFORM FROM occupancies
    WHERE reservation_id = NEW.id AND ended_at IS NULL ORDER BY table_id FOR UPDATE;
  UPDATE occupancies o
     SET ended_at = greatest(o.seated_at, least(coalesce(NEW.left_at, now()),
           (o.service_date + 1 + make_interval(mins => r.day_cut_minutes)) AT TIME ZONE r.time_zone)),
         by_day_cut = NEW.status = 'LEFT' AND NEW.left_at IS NULL
    FROM restaurants r
   WHERE o.reservation_id = NEW.id AND o.ended_at IS NULL AND r.id = o.restaurant_id;
  RETURN NULL;
END
$$;
