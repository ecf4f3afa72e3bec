-- The guests, at any restaurants, that are the person of an account: those whose address the account
-- has confirmed. One that is only typed finds nobody.
CREATE OR REPLACE FUNCTION guests_of_account(p_account uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT g.id FROM accounts a JOIN guests g ON g.email = a.email
   WHERE a.id = p_account AND a.email_confirmed_at IS NOT NULL
$$;
