-- Drops what was typed an hour after a link is over, when nobody can come back for it any more, and
-- the request itself later: refused numbers count for a day. Locks the requests, skipping any that
-- another sweep holds; returns how many were deleted.
CREATE OR REPLACE FUNCTION forget_link_requests() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  UPDATE link_requests SET texts = '{}' WHERE id = ANY (ARRAY(
    SELECT r.id FROM link_requests r LEFT JOIN account_links l ON l.id = r.link_id
     WHERE r.texts <> '{}' AND coalesce(l.used_at, l.expires_at, r.expires_at) < now() - interval '1 hour'
     LIMIT 1000 FOR UPDATE OF r SKIP LOCKED));
  DELETE FROM link_requests WHERE id = ANY (ARRAY(
    SELECT r.id FROM link_requests r LEFT JOIN account_links l ON l.id = r.link_id
     WHERE r.created_at < now() - kept_for('link-requests')
       AND coalesce(l.used_at, l.expires_at, r.expires_at) < now() - kept_for('link-requests')
     LIMIT 1000 FOR UPDATE OF r SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
