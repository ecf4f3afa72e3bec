-- Empties notices of long ago: to whom they went, and what they said. Counted from when they were
-- due, because a reminder waits until its reservation is near. Those that still wait are found by the
-- indexes that find what to send, so that no other has to hold them. Locks them, skipping any that
-- another sweep or a worker holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_notices() RETURNS integer
LANGUAGE sql
RETURN empty_notices(p_notices => ARRAY(
  SELECT n.id FROM notices n
   WHERE n.id IN (
     SELECT due.id FROM (
       SELECT id, due_at FROM notices
        WHERE payload <> '{}' AND state <> 'QUEUED' AND due_at < now() - kept_for('notice-contents')
       UNION ALL
       SELECT id, due_at FROM notices
        WHERE payload <> '{}' AND state = 'QUEUED' AND channel <> 'NONE' AND due_at < now() - kept_for('notice-contents')
       UNION ALL
       SELECT id, due_at FROM notices
        WHERE payload <> '{}' AND state = 'QUEUED' AND urgency IN (0, 1, 2) AND channel = 'NONE'
          AND due_at < now() - kept_for('notice-contents')) AS due
      ORDER BY due.due_at LIMIT 1000)
     FOR UPDATE SKIP LOCKED));
