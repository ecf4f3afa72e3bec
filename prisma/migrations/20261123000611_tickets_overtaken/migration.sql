-- What a ticket's notice says is over once the party has been called, sits, or has gone. A call is
-- overtaken by the last call and by the end; an end only by being put back. A lapse counts from its
-- instant, whoever has written it down.
CREATE FUNCTION ticket_notice_overtaken_by(p_kind text, p_ticket uuid) RETURNS text
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

-- While staff can still take back what overtook it, nobody knows whether it did.
CREATE FUNCTION is_act_settling(p_subject uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM audit_events e
     WHERE e.subject_id = p_subject AND e.actor_role IN ('OWNER', 'STAFF', 'ADMIN')
       AND e.act NOT IN ('NOTE', 'UNDO') AND e.undone_at IS NULL
       AND e.at > now() - interval '10 seconds')
$$;

CREATE FUNCTION reservation_notice_overtaken_by(p_kind text, p_reservation uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v record;
BEGIN
  SELECT s.status, s.starts_at <= now() AS begun, coalesce(s.hold_expires_at <= now(), true) AS run_out,
         now() >= (s.service_date + time '00:00') AT TIME ZONE r.time_zone AS is_day
    INTO v
    FROM reservations s JOIN restaurants r ON r.id = s.restaurant_id
   WHERE s.id = p_reservation;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  RETURN CASE p_kind
    WHEN 'RESERVATION_CONFIRMED' THEN
      CASE WHEN v.status IN ('CANCELLED', 'EXPIRED') THEN lower(v.status::text) END
    WHEN 'RESERVATION_HELD' THEN
      CASE WHEN v.status <> 'HELD' THEN lower(v.status::text) WHEN v.run_out THEN 'expired' END
    WHEN 'RESERVATION_NO_SHOW' THEN
      CASE WHEN v.status <> 'NO_SHOW' THEN lower(v.status::text) END
    ELSE
      CASE WHEN v.status <> 'CONFIRMED' THEN lower(v.status::text)
           WHEN v.begun OR (p_kind = 'RESERVATION_TOMORROW' AND v.is_day) THEN 'past' END
    END;
END
$$;

CREATE OR REPLACE FUNCTION notice_overtaken_by(p_kind text, p_subject uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_because text;
BEGIN
  IF p_kind IN ('RESERVATION_CONFIRMED', 'RESERVATION_HELD', 'RESERVATION_TOMORROW', 'RESERVATION_SOON', 'RESERVATION_NO_SHOW') THEN
    v_because := reservation_notice_overtaken_by(p_kind, p_subject);
  ELSIF p_kind LIKE 'TICKET_%' THEN
    v_because := ticket_notice_overtaken_by(p_kind, p_subject);
  END IF;
  IF v_because IS NOT NULL AND is_act_settling(p_subject) THEN
    RETURN 'settling';
  END IF;
  RETURN v_because;
END
$$;
