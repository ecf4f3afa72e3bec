-- Whether a worker would find something to send. Asks for the first by time, which the planner reads
-- along the index: of EXISTS it thinks that any row will do, and reads all notices that there are when
-- none is due. Notices without a channel yet are in the index of lanes, which begins with the urgency.
-- In PL/pgSQL, which keeps the plan, because each poll asks; a plan is kept from when the table was small,
-- and a rush is over before the planner's statistics know of it: hence enable_seqscan = off.
CREATE OR REPLACE FUNCTION is_notice_due() RETURNS boolean
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN coalesce((
           SELECT n.due_at FROM notices n
            WHERE n.state = 'QUEUED' AND n.channel <> 'NONE' AND (n.lease_until IS NULL OR n.lease_until <= now())
            ORDER BY n.due_at LIMIT 1) <= now(), false)
      OR EXISTS (
           SELECT FROM notices n
            WHERE n.state = 'QUEUED' AND n.urgency IN (0, 1, 2) AND n.channel = 'NONE' AND n.due_at <= now()
              AND (n.lease_until IS NULL OR n.lease_until <= now()));
END
$$;
