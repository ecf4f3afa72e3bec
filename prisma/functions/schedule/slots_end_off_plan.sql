-- The party of a slot off the plan has left, cancelled or moved, whichever code wrote it.
CREATE OR REPLACE TRIGGER slots_end_off_plan BEFORE UPDATE OF taken ON slots FOR EACH ROW
  WHEN (OLD.off_plan AND OLD.taken AND NOT NEW.taken)
  EXECUTE FUNCTION end_off_plan_slot();
