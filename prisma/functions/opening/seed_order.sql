-- The seed of an order (G13), in hex; `p_beacon_value` null: without a beacon.
CREATE OR REPLACE FUNCTION seed_order(p_entries_hash text, p_secret bytea, p_beacon_value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(decode(p_entries_hash, 'hex') || p_secret || coalesce(decode(p_beacon_value, 'hex'), ''::bytea)), 'hex');
