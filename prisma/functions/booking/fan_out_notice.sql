-- Makes what else comes of a booking's notice than its mail: the messages of its other channels, by the
-- routes of this instant, and the reminders. Called once for each such notice that the outbox takes, by
-- its worker, which holds the notice and keeps its account (try_keep_account). Asked again, it makes
-- nothing twice. Returns why the notice is mailed.
--
-- The other channels' messages keep the notice's promise and its ordinal: the notice of a later act
-- doesn't overtake them. Reminders are those that a diner who booked at `p_queued_at` gets, for the time
-- at which the reservation is by now. A change that found the notice waiting has made them (renewReminders).
CREATE OR REPLACE FUNCTION fan_out_notice(
  p_event uuid, p_kind text, p_account uuid, p_restaurant uuid, p_subject uuid, p_recipient text, p_locale text,
  p_promised jsonb, p_ordinal bigint, p_queued_at timestamptz, p_give_up_at timestamptz
) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale,
                       queued_at, give_up_at, payload, ordinal)
  OVERRIDING SYSTEM VALUE
  SELECT p_event, p_kind, route.channel, route.because, CASE WHEN route.channel <> 'SLACK' THEN p_account END,
         p_restaurant, p_subject, CASE WHEN route.channel = 'SLACK' THEN 'slack' ELSE p_recipient END,
         coalesce(route.locale, p_locale), p_queued_at, p_give_up_at, p_promised, p_ordinal
    FROM notice_routes(p_kind, p_account, p_restaurant) AS route
   WHERE route.channel <> 'MAIL'
  ON CONFLICT DO NOTHING;

  IF p_kind = 'RESERVATION_CONFIRMED' AND NOT p_promised ? 'hasReminders' THEN
    INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale,
                         queued_at, due_at, give_up_at, payload)
    SELECT p_event, reminder.kind, route.channel, route.because, p_account, p_restaurant, v.id, p_recipient,
           coalesce(route.locale, p_locale), p_queued_at, reminder.due_at, v.starts_at, jsonb_strip_nulls(reservation_promise(v))
      FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
      CROSS JOIN LATERAL reservation_reminders(v.service_date, v.starts_at, r.time_zone, p_queued_at) AS reminder
      CROSS JOIN LATERAL notice_routes(reminder.kind, p_account, NULL) AS route
     WHERE v.id = p_subject AND NOT EXISTS (
       SELECT FROM notices n WHERE n.subject_id = v.id AND n.kind = reminder.kind AND n.state = 'QUEUED')
    ON CONFLICT DO NOTHING;
  END IF;

  RETURN (SELECT route.because FROM notice_routes(p_kind, p_account, p_restaurant) AS route WHERE route.channel = 'MAIL');
END
$$;
