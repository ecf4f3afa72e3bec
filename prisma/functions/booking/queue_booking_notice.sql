-- Puts one notice of a diner's booking into the outbox, in the caller's transaction: its mail, from
-- which the worker that takes it makes the rest (fan_out_notice). It keeps what is promised and
-- nothing that is read anew when it is sent.
CREATE OR REPLACE FUNCTION queue_booking_notice(p_reservation uuid, p_event uuid, p_kind text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notices (event_id, kind, channel, account_id, restaurant_id, subject_id, recipient, locale, payload)
  SELECT p_event, p_kind, 'NONE', a.id, v.restaurant_id, v.id, a.email, a.locale, jsonb_strip_nulls(reservation_promise(v))
    FROM reservations v JOIN accounts a ON a.id = v.diner_id
   WHERE v.id = p_reservation;
END
$$;
