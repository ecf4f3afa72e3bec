-- Empties notices of long ago: to whom they went, and what they said. Counted from when they were
-- due, because a reminder waits until its reservation is near. Locks them, skipping any that another
-- sweep or a worker holds; returns how many there were.
CREATE OR REPLACE FUNCTION forget_notices() RETURNS integer
LANGUAGE sql
RETURN empty_notices(p_notices => ARRAY(
  SELECT id FROM notices WHERE payload <> '{}' AND due_at < now() - kept_for('notice-contents')
   ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED));
