-- Who asks, for the statement that answers them: the account's role, its role at the restaurant (null:
-- none), whether its session has seen a passkey, and whether that was not noted for an hour. No row:
-- the session has ended. Reads a few rows by their keys; locks nothing. In PL/pgSQL, which keeps the
-- plan: each tablet asks it each second, and planning took four times as long as reading.
CREATE OR REPLACE FUNCTION staff_visit(p_account uuid, p_epoch integer, p_session uuid, p_restaurant uuid)
RETURNS TABLE (account_role text, acting_role text, is_by_passkey boolean, is_unseen boolean)
LANGUAGE plpgsql STABLE ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT a.role::text,
         (SELECT acting_role(a.role, a.owner_approved_at, l.role)
            FROM restaurants r
            LEFT JOIN restaurant_staff l ON l.restaurant_id = r.id AND l.account_id = a.id
           WHERE r.id = p_restaurant AND r.deleted_at IS NULL),
         s.passkey_at IS NOT NULL,
         coalesce(s.last_seen_at < now() - interval '1 hour', false)
    FROM accounts a LEFT JOIN sessions s ON s.id = p_session
   WHERE a.id = p_account
     AND is_session_live(p_account => p_account, p_epoch => p_epoch, p_session => p_session);
END
$$;
