-- Notifies the party that an act has made third: p_ticket left the line, or let others pass, and had
-- stood in front of it at rank p_from. One that stood there before is not notified, nor one that
-- joined as third, nor one that fell back to third itself. Null ticket: an undo, whose caller knows
-- that the party became third by others leaving. A party is notified once, unless that notice was
-- dropped. Tied to the act's event, so that an undo takes it back. The caller holds the line's row.
--
-- Places are those that everybody sees: without lapsed last calls and tickets of deleted accounts,
-- before they are recorded.
CREATE OR REPLACE FUNCTION tell_third(
  p_restaurant uuid, p_date date, p_ticket uuid, p_from numeric, p_event uuid, p_at timestamptz, p_due_at timestamptz
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_third record;
BEGIN
  SELECT id, rank, status, third_told_by INTO v_third FROM tickets
   WHERE restaurant_id = p_restaurant AND service_date = p_date
     AND is_ticket_active_at(status, lapses_at, p_at)
     AND (channel = 'KIOSK' OR account_id IS NOT NULL)
   ORDER BY rank OFFSET 2 LIMIT 1;
  IF NOT FOUND OR v_third.status NOT IN ('WAITING', 'POSTPONED') OR v_third.id = p_ticket THEN
    RETURN;
  ELSIF p_ticket IS NOT NULL AND (p_from > v_third.rank OR EXISTS (
      SELECT FROM tickets
       WHERE id = p_ticket AND is_ticket_active(status) AND rank < v_third.rank)) THEN
    RETURN;
  ELSIF v_third.third_told_by IS NOT NULL AND NOT EXISTS (
      SELECT FROM notices
       WHERE subject_id = v_third.id AND kind = 'TICKET_THIRD' AND event_id = v_third.third_told_by
      HAVING bool_and(state = 'DROPPED')) THEN
    RETURN;
  END IF;
  UPDATE tickets SET third_told_by = p_event WHERE id = v_third.id;
  PERFORM queue_ticket_notice(v_third.id, p_event, 'TICKET_THIRD', p_due_at, 3);
END
$$;
