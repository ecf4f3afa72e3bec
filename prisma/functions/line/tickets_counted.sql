-- Counts every ticket that is added, changed or removed.
CREATE OR REPLACE TRIGGER tickets_counted AFTER INSERT OR UPDATE OF status, dining ON tickets
  FOR EACH ROW EXECUTE FUNCTION count_ticket();
