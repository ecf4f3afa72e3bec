-- A new password, signing out everywhere, an address taken over by its rightful owner: devices
-- signed in before get no push. Notices waiting for a device go by mail when they are due.
CREATE OR REPLACE FUNCTION forget_devices() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM push_subscriptions WHERE account_id = NEW.id;
  NEW.notice_channels := '{MAIL}';
  RETURN NEW;
END
$$;
