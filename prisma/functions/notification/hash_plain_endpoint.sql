-- The hash by which a browser's endpoint is found, for rows that the release before stores in plain.
-- Sealed rows bring theirs.
CREATE OR REPLACE FUNCTION hash_plain_endpoint() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.endpoint NOT LIKE 'sealed:%' THEN
    NEW.endpoint_hash := sha256(convert_to(NEW.endpoint, 'UTF8'));
  END IF;
  RETURN NEW;
END
$$;
