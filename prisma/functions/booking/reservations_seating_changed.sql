-- A party sits down, leaves, or did neither.
CREATE OR REPLACE TRIGGER reservations_seating_changed AFTER UPDATE OF status ON reservations FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND 'SEATED' IN (OLD.status, NEW.status))
  EXECUTE FUNCTION keep_occupancies();
