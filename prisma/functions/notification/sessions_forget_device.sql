-- The end of one session ends the pushes to its browser; before the row goes, which frees them of it.
CREATE OR REPLACE TRIGGER sessions_forget_device BEFORE DELETE ON sessions FOR EACH ROW
  WHEN (OLD.expires_at > now()) EXECUTE FUNCTION forget_ended_device();
