-- Whether a ticket has a place in the line at an instant: a last call that ran out has none, before
-- the sweep has written it down (G12). Plans see through it.
CREATE OR REPLACE FUNCTION is_ticket_active_at(p_status ticket_status, p_lapses_at timestamptz, p_at timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN is_ticket_active(p_status) AND ticket_status_at(p_status, p_lapses_at, p_at) <> 'LAPSED';
