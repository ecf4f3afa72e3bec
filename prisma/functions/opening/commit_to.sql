-- The published hash of an opening's secrets, in hex: of the lobby's, to which those of its cohorts hash.
CREATE OR REPLACE FUNCTION commit_to(p_end bytea, p_opens_at timestamptz, p_gate_until timestamptz, p_seconds smallint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(reveal_secret(p_end, count_cohorts(p_opens_at, p_gate_until, p_seconds))), 'hex');
