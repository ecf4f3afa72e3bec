-- Whether a session still goes on, for the statement that acts on its word. `p_session` null: a
-- token from before sessions had rows, which lives until it expires. Reads two rows by their keys;
-- locks nothing. In PL/pgSQL, which keeps the plan: in SQL each booking and ticket would plan it anew.
CREATE OR REPLACE FUNCTION is_session_live(p_account uuid, p_epoch integer, p_session uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM accounts WHERE id = p_account AND session_epoch = p_epoch) THEN
    RETURN false;
  -- A plan for null would be cheaper than any that is kept, and be made each time.
  ELSIF p_session IS NULL THEN
    RETURN true;
  END IF;
  RETURN EXISTS (SELECT FROM sessions WHERE id = p_session AND account_id = p_account AND expires_at > now());
END
$$;
