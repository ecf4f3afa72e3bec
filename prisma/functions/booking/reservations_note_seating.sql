-- Sitting down and leaving.
CREATE OR REPLACE TRIGGER reservations_note_seating BEFORE INSERT OR UPDATE OF status ON reservations FOR EACH ROW
  WHEN (NEW.status IN ('SEATED', 'LEFT'))
  EXECUTE FUNCTION note_seating();
