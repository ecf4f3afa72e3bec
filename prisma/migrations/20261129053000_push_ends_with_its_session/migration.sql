-- A push belongs to the session in which it was turned on; those of before are of none.
ALTER TABLE push_subscriptions ADD COLUMN session_id uuid;
ALTER TABLE push_subscriptions ADD CONSTRAINT push_subscriptions_session_fkey
  FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX push_subscriptions_session_idx ON push_subscriptions (session_id);

-- A device that is signed out gets no push any more. Which of an account's browsers an expired session
-- or one from before had is not known: those are forgotten with any, and mail comes instead. A session
-- that has merely expired was signed out by nobody, and its pushes go on. Locks the subscriptions.
CREATE OR REPLACE FUNCTION forget_ended_device() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM push_subscriptions
   WHERE account_id = OLD.account_id AND (session_id = OLD.id OR session_id IS NULL);
  RETURN OLD;
END
$$;

-- The end of one session ends the pushes to its browser; before the row goes, which frees them of it.
CREATE OR REPLACE TRIGGER sessions_forget_device BEFORE DELETE ON sessions FOR EACH ROW
  WHEN (OLD.expires_at > now()) EXECUTE FUNCTION forget_ended_device();
