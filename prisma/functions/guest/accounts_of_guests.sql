-- The accounts whose persons are these guests: diners whom staff wrote down, and accounts that have confirmed
-- a guest's address. The other way round it is guests_of_account.
CREATE OR REPLACE FUNCTION accounts_of_guests(p_guests uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT g.account_id FROM guests g WHERE g.id = ANY (p_guests) AND g.account_id IS NOT NULL
  UNION
  SELECT a.id FROM guests g JOIN accounts a ON a.email = g.email
   WHERE g.id = ANY (p_guests) AND a.email_confirmed_at IS NOT NULL
$$;
