-- A plain endpoint has its hash beside it, whichever release stores it.
CREATE OR REPLACE TRIGGER guest_devices_hash_endpoint BEFORE INSERT OR UPDATE OF endpoint ON guest_devices FOR EACH ROW
  EXECUTE FUNCTION hash_plain_endpoint();
