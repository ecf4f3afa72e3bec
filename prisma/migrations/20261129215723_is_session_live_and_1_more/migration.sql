-- Written by npm run db:function.

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
