-- An opening's first rate is the announced one.
CREATE OR REPLACE TRIGGER opening_rates_first_is_announced AFTER INSERT ON opening_rates
  FOR EACH ROW EXECUTE FUNCTION note_announced_rate();
