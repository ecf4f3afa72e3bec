-- Enters an account into an opening like enter_opening, unless it already has a reservation of that
-- date: its turn could book nothing. An entry that exists is returned whatever was booked since
-- (G15). Locks what enter_opening locks.
--
-- Returns what enter_opening returns, and already-booked with the reservation's id.
CREATE OR REPLACE FUNCTION enter_opening_unbooked(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}'
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_booked uuid := find_booking_at_opening(p_opening, p_account);
BEGIN
  IF v_booked IS NOT NULL
     AND is_session_live(p_account, p_session_epoch, p_session)
     AND NOT EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account) THEN
    RETURN jsonb_build_object('reason', 'already-booked', 'reservationId', v_booked);
  END IF;
  RETURN enter_opening(p_opening, p_account, p_session_epoch, p_entry, p_mailbox_key, p_session, p_named);
END
$$;
