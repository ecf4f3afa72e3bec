-- Written by npm run db:function.

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

CREATE OR REPLACE FUNCTION is_notice_due() RETURNS boolean
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN coalesce((
           SELECT n.due_at FROM notices n
            WHERE n.state = 'QUEUED' AND n.channel <> 'NONE' AND (n.lease_until IS NULL OR n.lease_until <= now())
            ORDER BY n.due_at LIMIT 1) <= now(), false)
      OR EXISTS (
           SELECT FROM notices n
            WHERE n.state = 'QUEUED' AND n.urgency IN (0, 1, 2) AND n.channel = 'NONE' AND n.due_at <= now()
              AND (n.lease_until IS NULL OR n.lease_until <= now()));
END
$$;

CREATE OR REPLACE FUNCTION notice_urgency(p_kind text) RETURNS smallint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE
    WHEN p_kind IN ('SIGN_IN_LINK', 'CONFIRM_ADDRESS', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'PROOF_CODE',
                    'TICKET_CALLED', 'TICKET_LAST_CALLED') THEN 0
    WHEN p_kind IN ('RESERVATION_TOMORROW', 'RESERVATION_SOON', 'DAY_SHEET', 'OPENING_SOON') THEN 2
    WHEN p_kind = 'OPENING_TURN' THEN 3
    ELSE 1 END;
END
$$;
