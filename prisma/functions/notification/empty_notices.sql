-- Leaves of these notices that they were sent, or that they were not; nobody can send them again.
-- A worker that holds one can no longer record what became of it. A booking's that still waits is as one
-- that was made.
CREATE OR REPLACE FUNCTION empty_notices(p_notices uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  UPDATE notices
     SET event_id = coalesce(event_id, id), channel = CASE channel WHEN 'NONE' THEN 'MAIL' ELSE channel END,
         recipient = id || '@erased.invalid', payload = '{}', last_error = NULL, lease_token = NULL, lease_until = NULL,
         state = CASE WHEN state IN ('QUEUED', 'DEAD') THEN 'DROPPED' ELSE state END,
         dropped_because = CASE WHEN state IN ('QUEUED', 'DEAD') THEN 'forgotten' ELSE dropped_because END
   WHERE id = ANY (p_notices);
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;
