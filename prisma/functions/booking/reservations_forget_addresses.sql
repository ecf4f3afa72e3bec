-- The guest of a reservation is forgotten, whichever code wrote it.
CREATE OR REPLACE TRIGGER reservations_forget_addresses AFTER UPDATE OF guest_id ON reservations FOR EACH ROW
  WHEN (OLD.guest_id IS NOT NULL AND NEW.guest_id IS NULL)
  EXECUTE FUNCTION forget_link_addresses();
