-- Whichever code makes the slot: a schedule, a change by hand, a stay off the plan.
CREATE OR REPLACE TRIGGER slots_table_is_open BEFORE INSERT ON slots
  FOR EACH ROW EXECUTE FUNCTION close_new_slot();
