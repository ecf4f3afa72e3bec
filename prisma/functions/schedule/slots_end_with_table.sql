-- The party of a seating has left, cancelled or moved, or its hold has ended, whichever code wrote it.
CREATE OR REPLACE TRIGGER slots_end_with_table BEFORE UPDATE OF taken ON slots FOR EACH ROW
  WHEN (OLD.taken AND NOT NEW.taken AND NOT OLD.off_plan)
  EXECUTE FUNCTION end_slot_with_table();
