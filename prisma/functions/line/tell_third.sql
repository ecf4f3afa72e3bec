-- Notifies the party that is now third, unless it was notified before, because of an act that moved
-- parties up; tied to the act's event, so that an undo takes it back. The caller holds the line's
-- row.
CREATE OR REPLACE FUNCTION tell_third(p_restaurant uuid, p_date date, p_event uuid, p_due_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_third uuid;
BEGIN
  SELECT id INTO v_third FROM (
    SELECT id, status, third_told_by FROM tickets
     WHERE restaurant_id = p_restaurant AND service_date = p_date
       AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
     ORDER BY rank OFFSET 2 LIMIT 1) AS third
   WHERE status IN ('WAITING', 'POSTPONED') AND third_told_by IS NULL;
  IF FOUND THEN
    UPDATE tickets SET third_told_by = p_event WHERE id = v_third;
    PERFORM queue_ticket_notice(v_third, p_event, 'TICKET_THIRD', p_due_at, 3);
  END IF;
END
$$;
