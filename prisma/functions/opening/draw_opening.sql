-- Fixes the order of the lobby, once: sha256 of the entries' hash, the lobby's secret and the beacon's value,
-- each as the bytes its hex stands for. Only after the freeze; the first caller's beacon value counts.
-- `p_beacon_value` null: there is no beacon, or it stayed silent. Locks the opening's row.
CREATE OR REPLACE FUNCTION draw_opening(p_opening uuid, p_beacon_value text, p_beacon_proof text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_ages jsonb;
BEGIN
  PERFORM 1 FROM openings
    WHERE id = p_opening AND frozen_at IS NOT NULL AND drawn_at IS NULL AND opens_at <= clock_timestamp();
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  v_ages := count_account_ages(p_opening);
  UPDATE openings
     SET drawn_at = clock_timestamp(), beacon_value = p_beacon_value, beacon_proof = p_beacon_proof,
         account_ages = coalesce(account_ages, v_ages),
         order_seed = seed_order(
           entries_hash, reveal_secret(secret, count_cohorts(opens_at, gate_until, cohort_seconds)), p_beacon_value)
   WHERE id = p_opening AND frozen_at IS NOT NULL AND drawn_at IS NULL AND opens_at <= clock_timestamp();
  RETURN FOUND;
END
$$;
