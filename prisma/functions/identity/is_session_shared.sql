-- Whether a session is on a tablet that several people share. It books and queues for nobody: the
-- person at it may not be its own. `p_session` null: a token from before sessions had rows. Reads one
-- row by its key; locks nothing. In PL/pgSQL, which keeps the plan: in SQL each booking would plan it anew.
CREATE OR REPLACE FUNCTION is_session_shared(p_session uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  -- A plan for null would be cheaper than any that is kept, and be made each time.
  IF p_session IS NULL THEN
    RETURN false;
  END IF;
  RETURN EXISTS (SELECT FROM sessions WHERE id = p_session AND shared_at IS NOT NULL);
END
$$;
