-- How many active parties stand before a rank, plus one. Like every reader it leaves out tickets of
-- deleted accounts and lapsed last calls, before the sweep has recorded them.
CREATE OR REPLACE FUNCTION ticket_place(p_restaurant uuid, p_date date, p_rank numeric, p_at timestamptz) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT count(*)::integer + 1 FROM tickets
         WHERE restaurant_id = p_restaurant AND service_date = p_date AND rank < p_rank
           AND is_ticket_active_at(status, lapses_at, p_at)
           AND (channel = 'KIOSK' OR account_id IS NOT NULL));
