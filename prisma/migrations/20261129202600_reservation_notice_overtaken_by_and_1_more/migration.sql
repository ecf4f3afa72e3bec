-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION reservation_notice_overtaken_by(p_kind text, p_reservation uuid) RETURNS text
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
    WHEN 'RESERVATION_CHANGED' THEN
      CASE WHEN v.status IN ('CANCELLED', 'EXPIRED') THEN lower(v.status::text)
           WHEN v.status = 'HELD' AND v.run_out THEN 'expired' END
    -- Staff have corrected it.
    WHEN 'RESERVATION_CANCELLED' THEN
      CASE WHEN v.status <> 'CANCELLED' THEN 'stands' END
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
  IF p_kind IN ('RESERVATION_CONFIRMED', 'RESERVATION_HELD', 'RESERVATION_CHANGED', 'RESERVATION_CANCELLED', 'RESERVATION_TOMORROW', 'RESERVATION_SOON', 'RESERVATION_NO_SHOW') THEN
    v_because := reservation_notice_overtaken_by(p_kind, p_subject);
  ELSIF p_kind = 'HOLD_TO_CONFIRM' THEN
    v_because := reservation_notice_overtaken_by('RESERVATION_HELD', p_subject);
  ELSIF p_kind LIKE 'TICKET_%' THEN
    v_because := ticket_notice_overtaken_by(p_kind, p_subject);
  END IF;
  IF v_because IS NOT NULL AND is_act_settling(p_subject) THEN
    RETURN 'settling';
  END IF;
  RETURN v_because;
END
$$;
