-- Notes from when a party sits and when staff said that it left. The instant of an act that waited in
-- a tablet is the writer's to set; without one it is the transaction's. A party that comes back to its
-- table has not left; one that only the day cut ends never said when (left_at stays null).
CREATE OR REPLACE FUNCTION note_seating() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'SEATED' THEN
    NEW.seated_at := coalesce(NEW.seated_at, now());
    NEW.left_at := NULL;
  ELSIF TG_OP = 'UPDATE' AND OLD.status = 'SEATED' THEN
    NEW.left_at := greatest(NEW.seated_at, coalesce(NEW.left_at, now()));
    IF (SELECT is_seating_over(OLD.status, OLD.seated_at, r.time_zone, r.day_cut_minutes)
          FROM restaurants r WHERE r.id = NEW.restaurant_id) THEN
      NEW.left_at := NULL;
    END IF;
  END IF;
  RETURN NEW;
END
$$;
