-- Whether a reservation is one to expect at an instant: confirmed, or held until later. A hold that
-- ran out is over, before the sweep has written it down (G5). Plans see through it.
CREATE OR REPLACE FUNCTION is_reservation_coming(p_status reservation_status, p_hold_expires_at timestamptz, p_at timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_status = 'CONFIRMED' OR (p_status = 'HELD' AND p_hold_expires_at > p_at);
