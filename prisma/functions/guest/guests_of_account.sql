-- The guests, at any restaurants, that are the person of an account: those whose address the account
-- has confirmed, and those that staff wrote down from a reservation or ticket of the account. An address that
-- is only typed finds nobody, and neither does what staff have merged: a slip of theirs must not show one
-- person's reservations to another.
CREATE OR REPLACE FUNCTION guests_of_account(p_account uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT g.id FROM guests g WHERE g.account_id = p_account
  UNION
  SELECT g.id FROM accounts a JOIN guests g ON g.email = a.email
   WHERE a.id = p_account AND a.email_confirmed_at IS NOT NULL
$$;
