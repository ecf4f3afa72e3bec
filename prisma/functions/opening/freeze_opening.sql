-- Closes what is over by this database's clock, once: the lobby, and the cohorts of latecomers. Waits for
-- entries in progress, then counts and hashes. Does nothing before the instant, and nothing twice. Locks the
-- opening (advisory, then its row).
--
-- A lobby and a cohort are over two seconds after their end, when no entry can count for them any more
-- (enter_opening); where latecomers are numbered, the lobby is over at its end. Empty cohorts have no row.
--
-- Latecomers wait for this lock, so only what must be done runs under it: counting and hashing a
-- hundred thousand entries takes a tenth of a second, their accounts' ages ten times that
-- (draw_opening).
CREATE OR REPLACE FUNCTION freeze_opening(p_opening uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_over integer := find_cohort_over(p_opening);
  v_opening record;
BEGIN
  IF v_over IS NULL THEN
    RETURN false;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(p_opening::text, 5));
  SELECT frozen_at IS NOT NULL AS frozen, closed_cohort INTO v_opening
    FROM openings WHERE id = p_opening FOR UPDATE;
  INSERT INTO opening_cohorts (opening_id, cohort, frozen_at, entry_count, entries_hash)
  SELECT p_opening, cohort, clock_timestamp(), count(*), hash_entries(array_agg(entry_id))
    FROM opening_entries
   WHERE opening_id = p_opening AND NOT in_lobby AND cohort > v_opening.closed_cohort AND cohort <= v_over
   GROUP BY cohort;
  IF v_opening.frozen THEN
    UPDATE openings SET closed_cohort = v_over WHERE id = p_opening AND closed_cohort < v_over;
    RETURN FOUND;
  END IF;
  UPDATE openings
     SET frozen_at = clock_timestamp(), entry_count = lobby.entries, entries_hash = lobby.hash,
         closed_cohort = greatest(closed_cohort, v_over)
    FROM (SELECT count(*)::integer AS entries, hash_entries(array_agg(entry_id)) AS hash
            FROM opening_entries WHERE opening_id = p_opening AND in_lobby) AS lobby
   WHERE id = p_opening;
  RETURN true;
END
$$;
