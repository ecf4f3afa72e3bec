-- Written by npm run db:function.

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
