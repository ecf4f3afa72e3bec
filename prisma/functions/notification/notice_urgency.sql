-- How soon a kind has to go out: 0 a person is waiting for it, 1 it reports what has happened, 2 it
-- is a reminder; 3 a crowd is told within minutes, by workers of its own. A kind that this release
-- doesn't know counts as 1. In PL/pgSQL, because two generated columns call it: in SQL it would be
-- parsed and written into both of them anew for each notice.
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
