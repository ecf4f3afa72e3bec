-- Routes notices that are not due yet (reminders) as their account chooses now. Kept kinds are
-- mailed in any case, and a leased notice keeps its route. Locks the notices it changes.
CREATE OR REPLACE FUNCTION route_waiting_notices(p_account uuid) RETURNS void
LANGUAGE sql AS $$
  UPDATE notices n SET channel = r.channel, routed_because = r.because
    FROM notices w CROSS JOIN LATERAL notice_routes(w.kind, w.account_id, NULL) AS r
   WHERE w.account_id = p_account AND w.state = 'QUEUED' AND w.lease_token IS NULL
     AND (w.kind LIKE 'TICKET_%' OR w.kind IN ('RESERVATION_TOMORROW', 'RESERVATION_SOON', 'RESERVATION_NO_SHOW'))
     AND n.id = w.id AND n.lease_token IS NULL AND n.state = 'QUEUED'
$$;
