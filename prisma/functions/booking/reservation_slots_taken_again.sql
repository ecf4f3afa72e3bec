-- An undo gives a slot back to its reservation.
CREATE OR REPLACE TRIGGER reservation_slots_taken_again BEFORE UPDATE OF released_at ON reservation_slots FOR EACH ROW
  WHEN (OLD.released_at IS NOT NULL AND NEW.released_at IS NULL)
  EXECUTE FUNCTION note_slot_taken_again();
