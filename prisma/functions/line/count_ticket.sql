-- Keeps the line's counts and its last number, so that no writer can forget them. Every act already
-- holds the lock on the line's row.
CREATE OR REPLACE FUNCTION count_ticket() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_active integer := 0;
  v_ahead integer := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    v_active := -is_ticket_active(OLD.status)::integer;
    v_ahead := -(OLD.status IN ('WAITING', 'POSTPONED') AND OLD.dining = 'IN_STORE')::integer;
  END IF;
  v_active := v_active + is_ticket_active(NEW.status)::integer;
  v_ahead := v_ahead + (NEW.status IN ('WAITING', 'POSTPONED') AND NEW.dining = 'IN_STORE')::integer;
  IF v_active <> 0 OR v_ahead <> 0 THEN
    UPDATE lines SET active = active + v_active, ahead = ahead + v_ahead, last_number = greatest(last_number, NEW.number)
     WHERE restaurant_id = NEW.restaurant_id AND service_date = NEW.service_date;
  END IF;
  RETURN NULL;
END
$$;
