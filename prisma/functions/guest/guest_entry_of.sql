-- The guest book's entry of a party: of the guest whom staff booked it for, or of its diner, if the restaurant
-- knows them. Three look-ups by key, whatever the size of the book. Null: none.
CREATE OR REPLACE FUNCTION guest_entry_of(p_restaurant uuid, p_guest uuid, p_diner uuid) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(
    (SELECT coalesce(g.merged_into, g.id) FROM guests g WHERE g.id = p_guest AND g.restaurant_id = p_restaurant),
    (SELECT coalesce(g.merged_into, g.id) FROM guests g
      WHERE g.restaurant_id = p_restaurant AND g.account_id = p_diner AND g.account_id IS NOT NULL),
    (SELECT coalesce(g.merged_into, g.id) FROM accounts a JOIN guests g ON g.email = a.email
      WHERE a.id = p_diner AND a.email_confirmed_at IS NOT NULL AND g.restaurant_id = p_restaurant
      ORDER BY g.created_at, g.id LIMIT 1))
$$;
