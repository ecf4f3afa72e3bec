-- Refuses (check_violation, auth_keys_stay) to change a published key or to take it back: what it has
-- signed is a proof for as long as it is known to be ours.
CREATE OR REPLACE FUNCTION keep_published_key() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (NEW.key_id, NEW.public_key, NEW.published_at) IS DISTINCT FROM (OLD.key_id, OLD.public_key, OLD.published_at) THEN
    RAISE EXCEPTION 'a published key stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'auth_keys_stay';
  END IF;
  RETURN NEW;
END
$$;
