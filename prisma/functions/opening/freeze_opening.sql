-- Closes the lobby, once: waits for entries in progress, then counts and hashes. Does nothing
-- before the instant, and nothing twice. Locks the opening (advisory, then its row).
--
-- Latecomers wait for this lock, so only what must be done runs under it: counting and hashing a
-- hundred thousand entries takes a tenth of a second, their accounts' ages ten times that
-- (draw_opening).
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
