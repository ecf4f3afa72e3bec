-- A sign-in shows that somebody uses the account. Sessions end after 90 days at the latest, so the
-- last sign-in is never much older than the last use. Written once a day at most.
CREATE OR REPLACE FUNCTION wake_account() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accounts SET seen_at = now() WHERE id = NEW.account_id AND seen_at < now() - interval '1 day';
  RETURN NULL;
END
$$;
