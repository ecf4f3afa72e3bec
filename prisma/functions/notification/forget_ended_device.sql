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
