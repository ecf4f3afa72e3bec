-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION end_sessions() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sessions WHERE account_id = NEW.id AND epoch < NEW.session_epoch;
  DELETE FROM passkey_challenges WHERE account_id = NEW.id;
  PERFORM void_mailed_links(NEW.id);
  RETURN NULL;
END
$$;
