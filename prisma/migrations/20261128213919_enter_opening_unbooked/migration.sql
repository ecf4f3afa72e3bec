-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION enter_opening_unbooked(p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_booked uuid := find_booking_at_opening(p_opening, p_account);
BEGIN
  IF v_booked IS NOT NULL
     AND EXISTS (SELECT FROM accounts WHERE id = p_account AND session_epoch = p_session_epoch)
     AND NOT EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account) THEN
    RETURN jsonb_build_object('reason', 'already-booked', 'reservationId', v_booked);
  END IF;
  RETURN enter_opening(p_opening, p_account, p_session_epoch, p_entry);
END
$$;
