-- Whether a session is on a tablet that several people share. It books and queues for nobody: the
-- person at it may not be its own. `p_session` null: a token from before sessions had rows. Reads one
-- row by its key; locks nothing.
CREATE OR REPLACE FUNCTION is_session_shared(p_session uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM sessions WHERE id = p_session AND shared_at IS NOT NULL)
$$;
