-- Enters an account into an opening like enter_opening, unless it already has a reservation of that
-- date, or no-shows at the restaurant keep it from booking: its turn could book nothing. An entry that
-- exists is returned whatever was booked since (G15). Locks what enter_opening locks.
--
-- Returns what enter_opening returns, already-booked with the reservation's id, and no-shows as
-- judge_no_shows refuses it.
CREATE OR REPLACE FUNCTION enter_opening_unbooked(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}', p_received timestamptz DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_booked uuid := find_booking_at_opening(p_opening, p_account);
  v_no_shows jsonb := (SELECT n.refusal FROM openings o
                        CROSS JOIN LATERAL judge_no_shows(p_diner => p_account, p_restaurant => o.restaurant_id) n
                        WHERE o.id = p_opening);
BEGIN
  IF (v_booked IS NOT NULL OR v_no_shows IS NOT NULL)
     AND is_session_live(p_account, p_session_epoch, p_session)
     AND NOT EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account) THEN
    IF v_booked IS NULL THEN
      RETURN v_no_shows;
    END IF;
    RETURN jsonb_build_object('reason', 'already-booked', 'reservationId', v_booked);
  END IF;
  RETURN enter_opening(p_opening, p_account, p_session_epoch, p_entry, p_mailbox_key, p_session, p_named, p_received);
END
$$;
