-- A plain endpoint has its hash beside it, whichever release stores it.
CREATE OR REPLACE TRIGGER push_subscriptions_hash_endpoint BEFORE INSERT OR UPDATE OF endpoint ON push_subscriptions FOR EACH ROW
  EXECUTE FUNCTION hash_plain_endpoint();
