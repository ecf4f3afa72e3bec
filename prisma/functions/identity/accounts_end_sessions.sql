-- The end of every session is the end of its row.
CREATE OR REPLACE TRIGGER accounts_end_sessions AFTER UPDATE OF session_epoch ON accounts FOR EACH ROW
  WHEN (OLD.session_epoch IS DISTINCT FROM NEW.session_epoch) EXECUTE FUNCTION end_sessions();
