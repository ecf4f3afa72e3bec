-- A new password, signing out everywhere, an address taken over by its rightful owner: whatever
-- raises the epoch ends every session of an older one, the mailed links, and the challenges that wait
-- for a passkey. A session that is to
-- stay was moved to the new epoch before.
CREATE OR REPLACE FUNCTION end_sessions() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sessions WHERE account_id = NEW.id AND epoch < NEW.session_epoch;
  DELETE FROM passkey_challenges WHERE account_id = NEW.id;
  PERFORM void_mailed_links(NEW.id);
  RETURN NULL;
END
$$;
