-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION queue_reservation_notice(p_reservation uuid, p_event uuid, p_kind text, p_due_at timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, due_at, give_up_at, payload)
  SELECT p_event, told.kind, route.channel, route.because, CASE WHEN route.channel <> 'SLACK' THEN a.id END, r.id, v.id,
         CASE WHEN route.channel = 'SLACK' THEN 'slack' ELSE coalesce(a.email, g.email) END, coalesce(route.locale, a.locale, g.locale), told.due_at,
         CASE WHEN told.kind = p_kind THEN told.due_at + interval '24 hours' ELSE v.starts_at END,
         jsonb_build_object(
           'reservationId', v.id, 'status', v.status, 'serviceDate', v.service_date,
           'startsAt', iso_instant(v.starts_at), 'endsAt', iso_instant(v.ends_at),
           'partySize', v.party_size, 'note', v.note, 'allergies', v.allergies, 'sequence', v.sequence,
           'holdExpiresAt', iso_instant(v.hold_expires_at), 'cancelledBy', v.cancelled_by,
           'dinerName', coalesce(a.name, g.name), 'isGuest', g.id IS NOT NULL, 'tableNumbers', (
             SELECT jsonb_agg(DISTINCT t.number) FROM reservation_slots c
               JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
              WHERE c.reservation_id = v.id AND NOT c.moved_away),
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
      -- Six in the evening of the day before, on the restaurant's wall. Who books later than that,
      -- or on the day itself, has no such evening.
      SELECT 'RESERVATION_TOMORROW', (v.service_date - 1 + time '18:00') AT TIME ZONE r.time_zone
       WHERE brings.reminders
         AND (v.service_date - 1 + time '18:00') AT TIME ZONE r.time_zone > now()
      UNION ALL
      -- Who books less than half an hour before it knows it yet.
      SELECT 'RESERVATION_SOON', v.starts_at - interval '2 hours'
       WHERE brings.reminders
         AND v.starts_at - interval '2 hours' > now() + interval '30 minutes') told
    CROSS JOIN LATERAL notice_routes(told.kind, a.id, r.id) AS route
   WHERE v.id = p_reservation AND num_nonnulls(a.id, g.id) = 1
     AND (a.id IS NOT NULL OR route.channel = 'SLACK' OR (v.tells_guest AND g.email IS NOT NULL))
     -- A reservation that stands again is reminded of once.
     AND (told.kind = p_kind OR NOT EXISTS (
       SELECT FROM notices n WHERE n.subject_id = v.id AND n.kind = told.kind AND n.state = 'QUEUED'))
$$;

CREATE OR REPLACE FUNCTION reservation_notice_overtaken_by(p_kind text, p_reservation uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v record;
BEGIN
  SELECT s.status, s.starts_at <= now() AS begun, coalesce(s.hold_expires_at <= now(), true) AS run_out,
         now() >= (s.service_date + time '00:00') AT TIME ZONE r.time_zone AS is_day
    INTO v
    FROM reservations s JOIN restaurants r ON r.id = s.restaurant_id
   WHERE s.id = p_reservation;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  RETURN CASE p_kind
    WHEN 'RESERVATION_CONFIRMED' THEN
      CASE WHEN v.status IN ('CANCELLED', 'EXPIRED') THEN lower(v.status::text) END
    WHEN 'RESERVATION_CHANGED' THEN
      CASE WHEN v.status IN ('CANCELLED', 'EXPIRED') THEN lower(v.status::text)
           WHEN v.status = 'HELD' AND v.run_out THEN 'expired' END
    WHEN 'RESERVATION_HELD' THEN
      CASE WHEN v.status <> 'HELD' THEN lower(v.status::text) WHEN v.run_out THEN 'expired' END
    WHEN 'RESERVATION_NO_SHOW' THEN
      CASE WHEN v.status <> 'NO_SHOW' THEN lower(v.status::text) END
    ELSE
      CASE WHEN v.status <> 'CONFIRMED' THEN lower(v.status::text)
           WHEN v.begun OR (p_kind = 'RESERVATION_TOMORROW' AND v.is_day) THEN 'past' END
    END;
END
$$;

CREATE OR REPLACE FUNCTION notice_overtaken_by(p_kind text, p_subject uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_because text;
BEGIN
  IF p_kind IN ('RESERVATION_CONFIRMED', 'RESERVATION_HELD', 'RESERVATION_CHANGED', 'RESERVATION_TOMORROW', 'RESERVATION_SOON', 'RESERVATION_NO_SHOW') THEN
    v_because := reservation_notice_overtaken_by(p_kind, p_subject);
  ELSIF p_kind LIKE 'TICKET_%' THEN
    v_because := ticket_notice_overtaken_by(p_kind, p_subject);
  END IF;
  IF v_because IS NOT NULL AND is_act_settling(p_subject) THEN
    RETURN 'settling';
  END IF;
  RETURN v_because;
END
$$;

CREATE OR REPLACE FUNCTION notice_routes(p_kind text, p_account uuid, p_restaurant uuid)
RETURNS TABLE (channel text, because text, locale text)
LANGUAGE sql STABLE AS $$
  WITH wish AS (
    SELECT p_kind IN ('RESERVATION_HELD', 'RESERVATION_CONFIRMED', 'RESERVATION_CHANGED', 'RESERVATION_CANCELLED',
                      'RESERVATION_EXPIRED') AS is_kept,
           coalesce((SELECT 'PUSH' = ANY (a.notice_channels) FROM accounts a WHERE a.id = p_account), false) AS wants_push,
           EXISTS (SELECT FROM push_subscriptions s WHERE s.account_id = p_account) AS has_device)
  SELECT 'MAIL', CASE WHEN p_account IS NULL THEN 'no-account' WHEN NOT wants_push THEN 'chosen'
                      WHEN NOT has_device THEN 'no-device' ELSE 'kept' END, NULL
    FROM wish WHERE is_kept OR NOT (wants_push AND has_device)
  UNION ALL
  SELECT 'PUSH', 'chosen', NULL FROM wish WHERE wants_push AND has_device
  UNION ALL
  SELECT 'SLACK', 'restaurant', h.locale FROM slack_hooks h
   WHERE h.restaurant_id = p_restaurant AND h.refused_at IS NULL
     AND p_kind IN ('RESERVATION_CONFIRMED', 'RESERVATION_CHANGED', 'RESERVATION_CANCELLED')
$$;
