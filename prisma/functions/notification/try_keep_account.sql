-- Keeps an account from being deleted until the end of the transaction, without waiting. False: its
-- deletion is under way, or just done. No account: nothing can be deleted.
CREATE OR REPLACE FUNCTION try_keep_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF p_account IS NULL THEN
    RETURN true;
  END IF;
  PERFORM 1 FROM accounts WHERE id = p_account FOR KEY SHARE SKIP LOCKED;
  RETURN FOUND;
END
$$;
