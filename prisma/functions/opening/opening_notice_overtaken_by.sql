-- Why a notice of an opening is no longer true; null: it still is. Its subject is the reminder that a
-- diner asked for. 'settling': the rate has changed since the turn's instant was computed, and the
-- notice waits until it is computed anew.
CREATE OR REPLACE FUNCTION opening_notice_overtaken_by(p_kind text, p_reminder uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v record;
BEGIN
  SELECT r.comes_at <= now() AS has_come, o.opens_at <= now() AS has_opened, opening_outlook(o.id) AS outlook,
         r.computed_from < (SELECT max(p.from_at) FROM opening_rates p WHERE p.opening_id = o.id) AS is_moved
    INTO v
    FROM opening_reminders r JOIN openings o ON o.id = r.opening_id
   WHERE r.id = p_reminder;
  IF NOT FOUND THEN
    RETURN NULL;
  ELSIF p_kind = 'OPENING_CANCELLED' THEN
    RETURN CASE WHEN v.has_opened THEN 'past' END;
  END IF;
  RETURN CASE WHEN v.outlook IS NOT NULL THEN v.outlook
              WHEN v.is_moved THEN 'settling'
              WHEN v.has_come THEN 'past' END;
END
$$;
