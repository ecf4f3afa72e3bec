-- What was announced of an opening does not change.
CREATE OR REPLACE TRIGGER openings_announced_stays BEFORE UPDATE ON openings
  FOR EACH ROW EXECUTE FUNCTION keep_announced_opening();
