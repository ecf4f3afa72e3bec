-- The event that a notice about an opening reports: that it was announced, or cancelled. One for all who
-- are told, so that the notices' unique index tells each of them once. An opening of which the audit log
-- says nothing gets an event.
CREATE OR REPLACE FUNCTION opening_event(p_opening uuid, p_act text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid;
BEGIN
  SELECT e.id INTO v_event FROM audit_events e
   WHERE e.subject_id = p_opening AND e.subject = 'OPENING' AND e.act IN (p_act, 'REMIND') ORDER BY e.act, e.at LIMIT 1;
  IF NOT FOUND THEN
    INSERT INTO audit_events (actor_role, restaurant_id, subject, subject_id, act, to_status)
    SELECT 'SERVICE', o.restaurant_id, 'OPENING', o.id, 'REMIND', 'QUEUED' FROM openings o WHERE o.id = p_opening
    RETURNING id INTO v_event;
  END IF;
  RETURN v_event;
END
$$;
