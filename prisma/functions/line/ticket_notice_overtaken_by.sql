-- Why a ticket's notice is no longer true; null: it still is. A notice is overtaken once the party
-- is called, seated or gone; a call by the last call and by the end; an end only by being put back;
-- being third once the party has let others pass, or another was put back in front of it. A lapse
-- counts from its instant, before the sweep has recorded it.
CREATE OR REPLACE FUNCTION ticket_notice_overtaken_by(p_kind text, p_ticket uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_status text;
  v_place integer;
BEGIN
  SELECT lower(ticket_status_at(status, lapses_at, now())::text),
         CASE p_kind WHEN 'TICKET_THIRD' THEN ticket_place(restaurant_id, service_date, rank, now()) END
    INTO v_status, v_place
    FROM tickets WHERE id = p_ticket;
  RETURN CASE
    WHEN p_kind IN ('TICKET_TAKEN', 'TICKET_THIRD', 'TICKET_POSTPONED') AND v_status NOT IN ('waiting', 'postponed') THEN v_status
    WHEN p_kind = 'TICKET_THIRD' AND v_place > 3 THEN 'not_third'
    WHEN p_kind = 'TICKET_CALLED' AND v_status <> 'called' THEN v_status
    WHEN p_kind = 'TICKET_LAST_CALLED' AND v_status <> 'last_called' THEN v_status
    WHEN p_kind = 'TICKET_LAPSED' AND v_status <> 'lapsed' THEN v_status
    END;
END
$$;
