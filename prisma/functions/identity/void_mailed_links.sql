-- Ends every mailed link that would let its reader into an account, and with it the code and the
-- number of the mail. The link of a sign-up stays while the address is unconfirmed: without it the
-- account could never be used. Locks the links.
CREATE OR REPLACE FUNCTION void_mailed_links(p_account uuid) RETURNS void
LANGUAGE sql AS $$
  -- Instants are stored in whole milliseconds, and a link has to end after it begins.
  UPDATE account_links l SET expires_at = greatest(now(), l.created_at + interval '1 millisecond')
    FROM accounts a
   WHERE a.id = p_account AND l.account_id = a.id AND l.used_at IS NULL AND l.expires_at > now()
     AND (l.purpose IN ('SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'PROVE')
          OR (l.purpose = 'CONFIRM_ADDRESS' AND a.email_confirmed_at IS NOT NULL))
$$;
