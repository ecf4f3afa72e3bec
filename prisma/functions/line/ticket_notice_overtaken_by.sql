-- Why a ticket's notice is no longer true; null: it still is. A notice is overtaken once the party
-- is called, seated or gone; a call by the last call and by the end; an end only by being put back.
-- A lapse counts from its instant, before the sweep has recorded it.
CREATE OR REPLACE FUNCTION ticket_notice_overtaken_by(p_kind text, p_ticket uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_status text;
BEGIN
  SELECT lower(ticket_status_at(status, lapses_at, now())::text) INTO v_status FROM tickets WHERE id = p_ticket;
  RETURN CASE
    WHEN p_kind IN ('TICKET_TAKEN', 'TICKET_THIRD', 'TICKET_POSTPONED') AND v_status NOT IN ('waiting', 'postponed') THEN v_status
    WHEN p_kind = 'TICKET_CALLED' AND v_status <> 'called' THEN v_status
    WHEN p_kind = 'TICKET_LAST_CALLED' AND v_status <> 'last_called' THEN v_status
    WHEN p_kind = 'TICKET_LAPSED' AND v_status <> 'lapsed' THEN v_status
    END;
END
$$;
