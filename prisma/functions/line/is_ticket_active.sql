-- Whether a ticket of this status has a place in the line. The partial indexes of tickets say it
-- alike; plans see through it.
CREATE OR REPLACE FUNCTION is_ticket_active(p_status ticket_status) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED');
