-- What a diner's no-shows at a restaurant mean for a booking there on its present service date, by this
-- database's clock. Only that restaurant's count, and of those neither what staff corrected nor what was
-- granted to a dispute; a dispute that waits changes nothing yet. Locks nothing.
--
-- A no-show counts for so many calendar months from its service date: one of 31 January for one month
-- until 27 February, or 28 February of a leap year. Then fewer than the limit count once the latest but
-- `limit - 1` has ended, which one step through the index reservations_no_shows_idx finds.
--
-- `refusal` is null, or {"reason": "no-shows"} with the first date on which the diner can book again.
-- `awaits_staff`: where the restaurant holds instead of refusing, the booking is a hold that staff
-- confirm. Both null: too few count.
CREATE OR REPLACE FUNCTION judge_no_shows(p_diner uuid, p_restaurant uuid, OUT refusal jsonb, OUT awaits_staff boolean)
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN NOT r.holds_after_no_shows THEN
           jsonb_build_object('reason', 'no-shows', 'bookableFrom', counted.ends_on) END,
         r.holds_after_no_shows
    FROM restaurants r
   CROSS JOIN LATERAL (
     SELECT (v.service_date + make_interval(months => r.no_show_months))::date AS ends_on
       FROM reservations v
      WHERE v.diner_id = p_diner AND v.restaurant_id = r.id
        AND v.status = 'NO_SHOW' AND v.dispute_granted IS NOT TRUE
      ORDER BY v.service_date DESC LIMIT 1 OFFSET r.no_show_limit - 1) counted
   WHERE r.id = p_restaurant AND r.no_show_limit IS NOT NULL
     AND counted.ends_on > service_date_at(now(), r.time_zone, r.day_cut_minutes)
$$;
