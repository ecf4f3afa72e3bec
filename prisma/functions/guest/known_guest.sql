-- The guest whom a restaurant knows by a phone; without a phone by an address, the newest first. Null: none.
CREATE OR REPLACE FUNCTION known_guest(p_restaurant uuid, p_phone text, p_email text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT g.id FROM guests g
   WHERE g.restaurant_id = p_restaurant
     AND (g.phone = p_phone OR (p_phone IS NULL AND g.email = p_email))
   ORDER BY g.created_at DESC, g.id LIMIT 1
$$;
