-- Slack hooks and the addresses and keys of browsers are stored encrypted: "sealed:<key id>:<value>".
-- Plain rows stay readable until `npm run reseal` seals them, and the version before keeps writing them.
CREATE OR REPLACE FUNCTION hash_plain_endpoint() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.endpoint NOT LIKE 'sealed:%' THEN
    NEW.endpoint_hash := sha256(convert_to(NEW.endpoint, 'UTF8'));
  END IF;
  RETURN NEW;
END
$$;

ALTER TABLE push_subscriptions ADD COLUMN endpoint_hash bytea;
UPDATE push_subscriptions SET endpoint_hash = sha256(convert_to(endpoint, 'UTF8'));
ALTER TABLE push_subscriptions ALTER COLUMN endpoint_hash SET NOT NULL;
CREATE UNIQUE INDEX push_subscriptions_endpoint_hash_key ON push_subscriptions (endpoint_hash);
CREATE OR REPLACE TRIGGER push_subscriptions_hash_endpoint BEFORE INSERT OR UPDATE OF endpoint ON push_subscriptions FOR EACH ROW
  EXECUTE FUNCTION hash_plain_endpoint();

ALTER TABLE guest_devices ADD COLUMN endpoint_hash bytea;
UPDATE guest_devices SET endpoint_hash = sha256(convert_to(endpoint, 'UTF8'));
ALTER TABLE guest_devices ALTER COLUMN endpoint_hash SET NOT NULL;
CREATE UNIQUE INDEX guest_devices_hash_once ON guest_devices (ticket_id, endpoint_hash);
CREATE OR REPLACE TRIGGER guest_devices_hash_endpoint BEFORE INSERT OR UPDATE OF endpoint ON guest_devices FOR EACH ROW
  EXECUTE FUNCTION hash_plain_endpoint();

-- Sealed, a text is a third longer.
ALTER TABLE push_subscriptions
  DROP CONSTRAINT push_subscriptions_endpoint_length,
  ADD CONSTRAINT push_subscriptions_endpoint_length CHECK (
    char_length(endpoint) BETWEEN 10 AND CASE WHEN endpoint LIKE 'sealed:%' THEN 1400 ELSE 1000 END),
  DROP CONSTRAINT push_subscriptions_keys_shape,
  ADD CONSTRAINT push_subscriptions_keys_shape CHECK (
    p256dh ~ '^([A-Za-z0-9_-]{87}|sealed:[0-9a-f]{8}:[A-Za-z0-9_-]+)$' AND auth ~ '^([A-Za-z0-9_-]{22}|sealed:[0-9a-f]{8}:[A-Za-z0-9_-]+)$');
ALTER TABLE guest_devices
  DROP CONSTRAINT guest_devices_endpoint_length,
  ADD CONSTRAINT guest_devices_endpoint_length CHECK (
    char_length(endpoint) BETWEEN 10 AND CASE WHEN endpoint LIKE 'sealed:%' THEN 1400 ELSE 1000 END),
  DROP CONSTRAINT guest_devices_keys_shape,
  ADD CONSTRAINT guest_devices_keys_shape CHECK (
    p256dh ~ '^([A-Za-z0-9_-]{87}|sealed:[0-9a-f]{8}:[A-Za-z0-9_-]+)$' AND auth ~ '^([A-Za-z0-9_-]{22}|sealed:[0-9a-f]{8}:[A-Za-z0-9_-]+)$');
ALTER TABLE slack_hooks
  DROP CONSTRAINT slack_hooks_url_length,
  ADD CONSTRAINT slack_hooks_url_length CHECK (
    char_length(url) BETWEEN 10 AND CASE WHEN url LIKE 'sealed:%' THEN 750 ELSE 500 END);
