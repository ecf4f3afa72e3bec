-- Puts one notice of a diner's booking into the outbox, in the caller's transaction: its mail, from
-- which the worker that takes it makes the rest (fan_out_notice). It keeps what is promised, and
-- nothing that is read anew when it is sent, or that notice_facts knows of every new booking. As long as it waits, the event's id is its own, so the
-- primary key allows one an event, and its account is the reservation's: three indexes don't hold it.
CREATE OR REPLACE FUNCTION queue_booking_notice(p_reservation uuid, p_event uuid, p_kind text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notices (id, kind, channel, restaurant_id, subject_id, recipient, locale, payload)
  SELECT p_event, p_kind, 'NONE', v.restaurant_id, v.id, a.email, a.locale, jsonb_strip_nulls(
           reservation_promise(v) - '{status,sequence}'::text[] || jsonb_build_object('awaitsStaff', nullif(v.awaits_staff, false)))
    FROM reservations v JOIN accounts a ON a.id = v.diner_id
   WHERE v.id = p_reservation;
END
$$;
