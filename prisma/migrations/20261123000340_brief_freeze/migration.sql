-- Whoever comes while the lobby closes waits for it, so nothing stands under that lock but what has to:
-- counting and hashing a hundred thousand entries takes a tenth of a second, looking up the ages of
-- their accounts ten times that. The ages go with the draw, for which nobody waits.

CREATE OR REPLACE FUNCTION freeze_opening(p_opening uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_lobby record;
BEGIN
  PERFORM 1 FROM openings
    WHERE id = p_opening AND cancelled_at IS NULL AND frozen_at IS NULL AND opens_at <= clock_timestamp();
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(p_opening::text, 5));
  SELECT count(*)::integer AS entries,
         encode(sha256(convert_to(coalesce(string_agg(entry_id, '' ORDER BY entry_id COLLATE "C"), ''), 'UTF8')), 'hex') AS hash
    INTO v_lobby FROM opening_entries WHERE opening_id = p_opening AND in_lobby;
  UPDATE openings
     SET frozen_at = clock_timestamp(), entry_count = v_lobby.entries, entries_hash = v_lobby.hash
   WHERE id = p_opening AND frozen_at IS NULL;
  RETURN FOUND;
END
$$;

-- How many accounts of the lobby were so many days old at the opening, as a picture of who took part.
CREATE FUNCTION count_account_ages(p_opening uuid) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(days, people), '{}') FROM (
    SELECT CASE WHEN age < interval '1 day' THEN '0' WHEN age < interval '7 days' THEN '1'
                WHEN age < interval '30 days' THEN '7' WHEN age < interval '365 days' THEN '30'
                ELSE '365' END AS days, count(*) AS people
      FROM (SELECT o.opens_at - a.created_at AS age
              FROM openings o
              JOIN opening_entries e ON e.opening_id = o.id AND e.in_lobby
              JOIN accounts a ON a.id = e.account_id
             WHERE o.id = p_opening) AS ages
     GROUP BY 1) AS buckets
$$;

-- Fixes the order, once and for all: sha256 of the entries' hash, the secret and the beacon's value,
-- each as the bytes its hex stands for. Only after the freeze; the first caller's beacon value
-- counts. `p_beacon_value` null: there is no beacon, or it was waited for in vain.
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
         order_seed = encode(sha256(decode(entries_hash, 'hex') || secret || coalesce(decode(p_beacon_value, 'hex'), ''::bytea)), 'hex')
   WHERE id = p_opening AND frozen_at IS NOT NULL AND drawn_at IS NULL AND opens_at <= clock_timestamp();
  RETURN FOUND;
END
$$;
