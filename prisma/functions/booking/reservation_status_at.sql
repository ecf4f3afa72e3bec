-- A reservation's status at an instant, before the sweep has written it down too (G5, G12): a hold
-- that ran out is EXPIRED. Plans see through it.
CREATE OR REPLACE FUNCTION reservation_status_at(p_status reservation_status, p_hold_expires_at timestamptz, p_at timestamptz) RETURNS reservation_status
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_status = 'HELD' AND p_hold_expires_at <= p_at THEN 'EXPIRED'::reservation_status ELSE p_status END;
