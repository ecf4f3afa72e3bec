-- After the statement, so that a slot that two parties held off comes back once both are gone.
CREATE OR REPLACE TRIGGER slots_bring_back AFTER UPDATE OF taken ON slots FOR EACH ROW
  WHEN (OLD.off_plan AND OLD.taken AND NOT NEW.taken)
  EXECUTE FUNCTION bring_back_slots();
