-- Deletes mailed links that are over; they name addresses that their accounts had. One whose use
-- shows that an address takes mail again stays as long as the refusal. Locks the links, skipping any
-- that another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_mailed_links() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM account_links WHERE id = ANY (ARRAY(
    SELECT l.id FROM account_links l
     WHERE l.expires_at < now() - kept_for('mailed-links')
       AND NOT EXISTS (SELECT FROM mail_refusals m WHERE m.address = l.email)
     ORDER BY l.expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
