-- Ends the draws of an opening, once: from now on who enters books at once, and so do those who wait for a draw.
-- The caller knows by the public formula that every drawn turn has come by `p_turns_end`; it is judged here,
-- under the lock that entries share, whether that is still the whole truth: no cohort more than `p_last_cohort`
-- is frozen, that one is drawn, no rate was added to the `p_rates` that were known, and at most `p_most`
-- entries wait, so that nobody who is let in at once is a crowd. Locks the opening (advisory, then its row).
CREATE OR REPLACE FUNCTION end_draws(
  p_opening uuid, p_turns_end timestamptz, p_last_cohort integer, p_rates integer, p_most integer
) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_opening::text, 5));
  UPDATE openings o
     SET direct_from = date_trunc('milliseconds', clock_timestamp())
   WHERE o.id = p_opening AND o.direct_from IS NULL AND o.cohort_seconds IS NOT NULL AND o.drawn_at IS NOT NULL
     AND p_turns_end <= date_trunc('milliseconds', clock_timestamp())
     AND (SELECT count(*) FROM opening_rates r WHERE r.opening_id = o.id) = p_rates
     AND (SELECT coalesce(max(c.cohort), 0) FROM opening_cohorts c WHERE c.opening_id = o.id) = p_last_cohort
     AND NOT EXISTS (SELECT FROM opening_cohorts c WHERE c.opening_id = o.id AND c.drawn_at IS NULL)
     AND (SELECT count(*) FROM opening_entries e
           WHERE e.opening_id = o.id AND NOT e.in_lobby AND e.cohort > p_last_cohort) <= p_most;
  RETURN FOUND;
END
$$;
