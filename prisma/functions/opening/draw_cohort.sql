-- Fixes the order of one cohort of latecomers, once, like draw_opening does that of the lobby, with the
-- cohort's own secret. Only after its freeze, and only after all that came before it are drawn: its turns
-- begin behind theirs. Locks the opening's row, then the cohort's.
CREATE OR REPLACE FUNCTION draw_cohort(
  p_opening uuid, p_cohort integer, p_beacon_round bigint, p_beacon_value text, p_beacon_proof text
) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_secret bytea;
BEGIN
  SELECT reveal_secret(secret, count_cohorts(opens_at, gate_until, cohort_seconds) - p_cohort) INTO v_secret
    FROM openings WHERE id = p_opening AND drawn_at IS NOT NULL FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM opening_cohorts
                           WHERE opening_id = p_opening AND cohort < p_cohort AND drawn_at IS NULL) THEN
    RETURN false;
  END IF;
  UPDATE opening_cohorts
     SET drawn_at = clock_timestamp(), beacon_round = p_beacon_round, beacon_value = p_beacon_value,
         beacon_proof = p_beacon_proof, order_seed = seed_order(entries_hash, v_secret, p_beacon_value)
   WHERE opening_id = p_opening AND cohort = p_cohort AND drawn_at IS NULL;
  RETURN FOUND;
END
$$;
