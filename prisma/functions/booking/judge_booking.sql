-- Whether a diner may book a time of a restaurant at this instant, by this database's clock; no slot is
-- looked at. Locks nothing. `p_diner` null: a guest without an account. `p_turn` is the opening of which
-- the caller has checked a turn; null: none.
--
-- `refusal` is null, or {"reason": …}: not-found, signed-out (no such account), address-unconfirmed,
-- no-shows with the date from which the diner can book again, past-date, not-today, beyond-horizon,
-- bookings-off, closed-day, not-open-yet, past-time, and no-turn with the opening's id behind a gate that
-- still stands. `confirm_within_minutes` is how long a booking is a hold first; null: it is confirmed at
-- once. With `awaits_staff` that hold is confirmed by staff, who have a day for it, on account of the
-- diner's no-shows; without, by the diner.
CREATE OR REPLACE FUNCTION judge_booking(
  p_diner uuid,
  p_restaurant uuid,
  p_service_date date,
  p_starts_at timestamptz,
  p_turn uuid,
  p_is_change boolean DEFAULT false,
  OUT refusal jsonb,
  OUT confirm_within_minutes integer,
  OUT awaits_staff boolean
)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  v_restaurant record;
  v_today date;
  v_no_shows jsonb;
BEGIN
  SELECT r.*, d.opens_at, d.service_date AS scheduled, d.closed,
         a.id AS diner, a.email_confirmed_at,
         o.id AS opening, o.opens_at AS gate_from, o.gate_until
    INTO v_restaurant
    FROM restaurants r
    LEFT JOIN accounts a ON a.id = p_diner
    LEFT JOIN openings o ON o.restaurant_id = r.id AND o.service_date = p_service_date AND o.cancelled_at IS NULL
    LEFT JOIN service_dates d ON d.restaurant_id = r.id AND d.service_date = p_service_date
   WHERE r.id = p_restaurant AND r.deleted_at IS NULL AND r.published;
  IF NOT FOUND THEN
    refusal := jsonb_build_object('reason', 'not-found');
    RETURN;
  END IF;
  v_today := service_date_at(now(), v_restaurant.time_zone, v_restaurant.day_cut_minutes);
  awaits_staff := false;
  IF p_diner IS NOT NULL AND NOT p_is_change AND v_restaurant.no_show_limit IS NOT NULL THEN
    SELECT n.refusal, coalesce(n.awaits_staff, false) INTO v_no_shows, awaits_staff
      FROM judge_no_shows(p_diner => p_diner, p_restaurant => p_restaurant) n;
  END IF;
  confirm_within_minutes := CASE WHEN awaits_staff THEN 24 * 60 ELSE v_restaurant.confirm_within_minutes END;
  refusal := CASE
    WHEN p_diner IS NOT NULL AND v_restaurant.diner IS NULL THEN jsonb_build_object('reason', 'signed-out')
    WHEN p_diner IS NOT NULL AND v_restaurant.email_confirmed_at IS NULL THEN jsonb_build_object('reason', 'address-unconfirmed')
    WHEN v_no_shows IS NOT NULL THEN v_no_shows
    WHEN p_service_date < v_today THEN jsonb_build_object('reason', 'past-date', 'today', v_today)
    WHEN v_restaurant.same_day_only AND p_service_date <> v_today THEN
      jsonb_build_object('reason', 'not-today', 'today', v_today)
    WHEN p_service_date > v_today + v_restaurant.horizon_days THEN
      jsonb_build_object('reason', 'beyond-horizon', 'lastDate', v_today + v_restaurant.horizon_days)
    WHEN NOT v_restaurant.bookings_on THEN jsonb_build_object('reason', 'bookings-off')
    WHEN v_restaurant.scheduled IS NULL OR v_restaurant.closed THEN jsonb_build_object('reason', 'closed-day')
    WHEN v_restaurant.opens_at > now() THEN
      jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_restaurant.opens_at))
    WHEN v_restaurant.gate_from > now() THEN
      jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_restaurant.gate_from),
                         'openingId', v_restaurant.opening)
    WHEN v_restaurant.gate_until > now() AND v_restaurant.opening IS DISTINCT FROM p_turn THEN
      jsonb_build_object('reason', 'no-turn', 'openingId', v_restaurant.opening)
    WHEN p_starts_at <= now() THEN jsonb_build_object('reason', 'past-time')
  END;
END
$$;
