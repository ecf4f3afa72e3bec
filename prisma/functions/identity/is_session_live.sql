-- Whether a session still goes on, for the statement that acts on its word. `p_session` null: a
-- token from before sessions had rows, which lives until it expires. Reads two rows by their keys;
-- locks nothing.
CREATE OR REPLACE FUNCTION is_session_live(p_account uuid, p_epoch integer, p_session uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM accounts WHERE id = p_account AND session_epoch = p_epoch)
     AND (p_session IS NULL
          OR EXISTS (SELECT FROM sessions WHERE id = p_session AND account_id = p_account AND expires_at > now()))
$$;
