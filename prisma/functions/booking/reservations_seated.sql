-- A walk-in, or a party from the line.
CREATE OR REPLACE TRIGGER reservations_seated AFTER INSERT ON reservations FOR EACH ROW
  WHEN (NEW.status = 'SEATED')
  EXECUTE FUNCTION keep_occupancies();
