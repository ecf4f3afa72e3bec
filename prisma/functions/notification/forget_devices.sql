-- A new password, signing out everywhere, an address taken over by its rightful owner: devices that
-- were signed in before get no push. What waits for one goes by mail when its turn comes.
CREATE OR REPLACE FUNCTION forget_devices() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM push_subscriptions WHERE account_id = NEW.id;
  NEW.notice_channels := '{MAIL}';
  RETURN NEW;
END
$$;
