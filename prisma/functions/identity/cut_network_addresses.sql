-- Leaves a prefix of the network addresses in the audit log. Locks those events, skipping any that
-- another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION cut_network_addresses() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  WITH past AS (
    SELECT id FROM audit_events
     WHERE address IS NOT NULL AND address NOT LIKE '%/%' AND at < now() - kept_for('network-addresses')
     ORDER BY at LIMIT 1000 FOR UPDATE SKIP LOCKED)
  UPDATE audit_events e SET address = cut_address(e.address) FROM past WHERE e.id = past.id;
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
