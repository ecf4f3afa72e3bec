-- Closes accounts whose people were told thirty days ago and have not come back. Locks them one by
-- one, skipping any that another transaction holds; returns how many there were.
CREATE OR REPLACE FUNCTION close_sleepers() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_account record;
  v_done integer := 0;
BEGIN
  FOR v_account IN
    SELECT a.id FROM accounts a JOIN sleeping_accounts s ON s.id = a.id
     WHERE s.told_at <= now() - interval '30 days' ORDER BY a.seen_at LIMIT 100 FOR UPDATE OF a SKIP LOCKED
  LOOP
    v_done := v_done + erase_account(p_account => v_account.id)::int;
  END LOOP;
  RETURN v_done;
END
$$;
