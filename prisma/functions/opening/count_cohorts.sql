-- How many cohorts of latecomers an opening can have: none where they are numbered.
CREATE OR REPLACE FUNCTION count_cohorts(p_opens_at timestamptz, p_gate_until timestamptz, p_seconds smallint) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_seconds IS NULL THEN 0 ELSE ceil(extract(epoch FROM p_gate_until - p_opens_at) / p_seconds)::integer END;
