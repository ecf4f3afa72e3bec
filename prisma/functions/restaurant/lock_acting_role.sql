-- The role in which an account acts for a restaurant, kept until the caller's transaction ends:
-- an admin or owner who withdraws it waits for that end, and an act that comes after the withdrawal finds it
-- gone. Null: none, or the restaurant was deleted.
--
-- Null also for an act on a shared tablet whose author gave their PIN for another restaurant (`SET LOCAL
-- bobjool.author_at`).
--
-- Locks the account (shared), then, for an act that changes the restaurant itself (`p_edits`), the
-- restaurant's row but not its key, which bookings reference, then the account's listing (shared).
-- Those who withdraw a role lock in this order too; it comes before lines, slots and reservations.
CREATE OR REPLACE FUNCTION lock_acting_role(p_account uuid, p_restaurant uuid, p_edits boolean) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM accounts WHERE id = p_account FOR SHARE;
  IF p_edits THEN
    PERFORM FROM restaurants WHERE id = p_restaurant FOR NO KEY UPDATE;
  END IF;
  PERFORM FROM restaurant_staff WHERE restaurant_id = p_restaurant AND account_id = p_account FOR SHARE;
  RETURN (SELECT acting_role(a.role, a.owner_approved_at, s.role)
            FROM accounts a
            JOIN restaurants r ON r.id = p_restaurant AND r.deleted_at IS NULL
            LEFT JOIN restaurant_staff s ON s.restaurant_id = r.id AND s.account_id = a.id
           WHERE a.id = p_account
             AND coalesce(nullif(current_setting('bobjool.author_at', true), '')::uuid, p_restaurant) = p_restaurant);
END
$$;
