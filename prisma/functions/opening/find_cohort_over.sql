-- The last cohort of an opening that is over by this database's clock and may have to be frozen, 0 when it is
-- only the lobby. Null: nothing has to be. Once drawn turns have ended nobody is drawn any more.
CREATE OR REPLACE FUNCTION find_cohort_over(p_opening uuid) RETURNS integer
LANGUAGE sql VOLATILE AS $$
  SELECT over.cohort
    FROM openings o
    CROSS JOIN LATERAL (SELECT clock_timestamp() - CASE WHEN o.cohort_seconds IS NULL THEN interval '0' ELSE interval '2 seconds' END AS at) AS judged
    CROSS JOIN LATERAL (
      SELECT CASE WHEN o.cohort_seconds IS NULL OR o.direct_from IS NOT NULL THEN 0
                  ELSE least(count_cohorts(o.opens_at, o.gate_until, o.cohort_seconds),
                             floor(extract(epoch FROM judged.at - o.opens_at) / o.cohort_seconds)::integer) END AS cohort) AS over
   WHERE o.id = p_opening AND o.cancelled_at IS NULL AND o.opens_at <= judged.at
     AND (o.frozen_at IS NULL OR over.cohort > o.closed_cohort)
$$;
