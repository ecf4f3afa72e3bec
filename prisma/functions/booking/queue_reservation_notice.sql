-- Puts one notice about a reservation into the outbox, by the routes of its diner and its
-- restaurant, in the caller's transaction; a confirmation brings its two reminders, unless they wait already, and a
-- change brings new ones. Without a kind only the reminders are queued. The payload
-- holds what is true at this instant: later changes of restaurant or reservation don't alter it. A
-- failing notice is tried for a day after its due time. A guest has no account: their notices are mailed,
-- if staff want them told and an address is known. A walk-in, or a person who is forgotten, gets none.
CREATE OR REPLACE FUNCTION queue_reservation_notice(p_reservation uuid, p_event uuid, p_kind text, p_due_at timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, due_at, give_up_at, payload)
  SELECT p_event, told.kind, route.channel, route.because, CASE WHEN route.channel <> 'SLACK' THEN a.id END, r.id, v.id,
         CASE WHEN route.channel = 'SLACK' THEN 'slack' ELSE coalesce(a.email, g.email) END, coalesce(route.locale, a.locale, g.locale), told.due_at,
         CASE WHEN told.kind = p_kind THEN told.due_at + interval '24 hours' ELSE v.starts_at END,
         reservation_promise(v) || jsonb_build_object(
           'reservationId', v.id,
           'dinerName', coalesce(a.name, g.name), 'isGuest', g.id IS NOT NULL,
           'restaurant', jsonb_build_object(
             'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
             'phone', r.phone, 'timeZone', r.time_zone))
    FROM reservations v
    JOIN restaurants r ON r.id = v.restaurant_id
    LEFT JOIN accounts a ON a.id = v.diner_id
    LEFT JOIN guests g ON g.id = v.guest_id
    CROSS JOIN LATERAL (
      SELECT p_kind = 'RESERVATION_CONFIRMED'
             OR (v.status = 'CONFIRMED' AND coalesce(p_kind, 'RESERVATION_CHANGED') = 'RESERVATION_CHANGED') AS reminders) brings
    CROSS JOIN LATERAL (
      SELECT p_kind AS kind, p_due_at AS due_at WHERE p_kind IS NOT NULL
      UNION ALL
      SELECT reminder.kind, reminder.due_at
        FROM reservation_reminders(v.service_date, v.starts_at, r.time_zone, now()) AS reminder
       WHERE brings.reminders) told
    CROSS JOIN LATERAL notice_routes(told.kind, a.id, r.id) AS route
   WHERE v.id = p_reservation AND num_nonnulls(a.id, g.id) = 1
     AND (a.id IS NOT NULL OR route.channel = 'SLACK' OR (v.tells_guest AND g.email IS NOT NULL))
     -- A reservation that stands again is reminded of once.
     AND (told.kind = p_kind OR NOT EXISTS (
       SELECT FROM notices n WHERE n.subject_id = v.id AND n.kind = told.kind AND n.state = 'QUEUED'))
$$;
