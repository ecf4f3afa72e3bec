-- Whether a diner may have one more reservation, for a seating from `p_starts_at` to `p_ends_at`:
-- at most `p_most` that are still to come (null: any number), and none that overlaps it in time.
-- Seatings that only touch do not overlap. What counts are the reservations to expect at this
-- instant (is_reservation_coming): no hold that ran out, no party that sits or has left. Walk-ins have
-- no diner.
-- `p_except` is the reservation that is being changed. Call it under try_lock_diner: what it reads
-- stays true until the commit.
--
-- Returns null, or {"reason": …}: already-booked for the restaurant's own date,
-- overlapping-reservation with which one and when, too-many-reservations with how many are allowed.
CREATE OR REPLACE FUNCTION judge_hoarding(
  p_diner uuid,
  p_restaurant uuid,
  p_service_date date,
  p_starts_at timestamptz,
  p_ends_at timestamptz,
  p_most integer,
  p_except uuid DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_own record;
BEGIN
  -- No slot is longer than twelve hours, so what began a day ago is over: the index skips the past.
  SELECT count(*) FILTER (WHERE v.starts_at > now()) AS coming,
         bool_or(v.restaurant_id = p_restaurant AND v.service_date = p_service_date) AS is_here,
         min(v.starts_at) FILTER (WHERE v.starts_at < p_ends_at AND v.ends_at > p_starts_at) AS overlaps_at
    INTO v_own
    FROM reservations v
   WHERE v.diner_id = p_diner AND v.starts_at > now() - interval '1 day' AND v.ends_at > now()
     AND v.id IS DISTINCT FROM p_except AND is_reservation_coming(v.status, v.hold_expires_at, now());
  IF v_own.is_here THEN
    RETURN jsonb_build_object('reason', 'already-booked');
  ELSIF v_own.overlaps_at IS NOT NULL THEN
    RETURN (SELECT jsonb_build_object('reason', 'overlapping-reservation', 'reservationId', v.id,
                                      'startsAt', iso_instant(v.starts_at), 'endsAt', iso_instant(v.ends_at),
                                      'timeZone', r.time_zone)
              FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
             WHERE v.diner_id = p_diner AND v.starts_at = v_own.overlaps_at AND v.ends_at > p_starts_at
               AND v.id IS DISTINCT FROM p_except AND is_reservation_coming(v.status, v.hold_expires_at, now())
             ORDER BY v.id LIMIT 1);
  ELSIF v_own.coming >= p_most THEN
    RETURN jsonb_build_object('reason', 'too-many-reservations', 'most', p_most);
  END IF;
  RETURN NULL;
END
$$;
