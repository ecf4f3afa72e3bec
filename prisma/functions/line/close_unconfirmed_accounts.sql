-- Deletes accounts whose address nobody has confirmed, once no mailed link can confirm it any more.
-- Locks them one by one, skipping any that another transaction holds; returns how many there were.
CREATE OR REPLACE FUNCTION close_unconfirmed_accounts() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_account record;
  v_done integer := 0;
BEGIN
  FOR v_account IN
    SELECT a.id FROM accounts a
     WHERE a.email_confirmed_at IS NULL AND a.created_at < now() - kept_for('unconfirmed-accounts')
       AND NOT EXISTS (SELECT FROM account_links l WHERE l.account_id = a.id AND l.used_at IS NULL AND l.expires_at > now())
       AND NOT EXISTS (SELECT FROM restaurant_staff s WHERE s.account_id = a.id)
     ORDER BY a.created_at LIMIT 100 FOR UPDATE SKIP LOCKED
  LOOP
    v_done := v_done + erase_account(p_account => v_account.id)::int;
  END LOOP;
  RETURN v_done;
END
$$;
