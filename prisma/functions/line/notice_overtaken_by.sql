-- Why a notice of any kind is no longer true; null: it still is. 'settling': the act that overtook
-- it can still be undone. Called once for each notice that the outbox claims.
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
  ELSIF p_kind LIKE 'OPENING_%' THEN
    v_because := opening_notice_overtaken_by(p_kind, p_subject);
  END IF;
  IF v_because IS NOT NULL AND is_act_settling(p_subject) THEN
    RETURN 'settling';
  END IF;
  RETURN v_because;
END
$$;
