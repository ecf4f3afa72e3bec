-- A ticket's status at an instant, even before the sweep has recorded it (G12).
CREATE OR REPLACE FUNCTION ticket_status_at(p_status ticket_status, p_lapses_at timestamptz, p_at timestamptz) RETURNS ticket_status
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_status = 'LAST_CALLED' AND p_lapses_at <= p_at THEN 'LAPSED'::ticket_status ELSE p_status END;
