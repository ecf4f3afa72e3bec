-- What somebody agreed to, and when, stays as it was written.
CREATE OR REPLACE TRIGGER agreements_append_only BEFORE UPDATE OR DELETE ON agreements
  FOR EACH ROW EXECUTE FUNCTION keep_agreement();
