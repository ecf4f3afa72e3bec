-- A new password, signing out everywhere, an address taken over by its rightful owner: devices
-- signed in before get no push. The device whose session stays keeps its own; without one, notices
-- waiting for a device go by mail when they are due. Locks the subscriptions.
CREATE OR REPLACE FUNCTION forget_devices() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM push_subscriptions p
   WHERE p.account_id = NEW.id
     AND NOT EXISTS (SELECT FROM sessions s
                      WHERE s.id = p.session_id AND s.account_id = NEW.id AND s.epoch >= NEW.session_epoch);
  IF NOT EXISTS (SELECT FROM push_subscriptions WHERE account_id = NEW.id) THEN
    NEW.notice_channels := '{MAIL}';
  END IF;
  RETURN NEW;
END
$$;
