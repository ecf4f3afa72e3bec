-- The role in which an account acts for a restaurant, from its own role, its approval as an owner
-- and its listing among the restaurant's staff; null: none. An owner's listing counts only with the
-- role and the approval; floor staff's counts by itself, because an owner who awaits approval may
-- work for another restaurant.
CREATE OR REPLACE FUNCTION acting_role(p_role account_role, p_approved_at timestamptz, p_listed staff_role) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_role = 'ADMIN' THEN 'ADMIN'
              WHEN p_listed = 'OWNER' AND p_role = 'OWNER' AND p_approved_at IS NOT NULL THEN 'OWNER'
              WHEN p_listed = 'STAFF' AND p_role IN ('DINER', 'OWNER') THEN 'STAFF' END
$$;
