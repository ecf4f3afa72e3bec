-- A service date opens when its announced opening does.
CREATE OR REPLACE TRIGGER service_dates_opens_with_opening BEFORE INSERT OR UPDATE OF opens_at ON service_dates
  FOR EACH ROW EXECUTE FUNCTION keep_opening_instant();
