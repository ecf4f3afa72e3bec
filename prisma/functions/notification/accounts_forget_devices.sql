-- The end of every session ends every push too.
CREATE OR REPLACE TRIGGER accounts_forget_devices BEFORE UPDATE OF session_epoch ON accounts FOR EACH ROW
  WHEN (OLD.session_epoch IS DISTINCT FROM NEW.session_epoch) EXECUTE FUNCTION forget_devices();
