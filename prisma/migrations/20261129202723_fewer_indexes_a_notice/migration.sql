-- Every notice is inserted queued, three for a booking, and most stay so for days. What only failed
-- notices, or those that are done with, are looked up by need not hold them: notices_to_send_idx has
-- each that waits. Sending one writes all of its indexes anew in any case.
DROP INDEX notices_stuck_idx;
CREATE INDEX notices_dead_idx ON notices (queued_at) WHERE state = 'DEAD';

DROP INDEX notices_kept_idx;
CREATE INDEX notices_kept_idx ON notices (due_at) WHERE payload <> '{}' AND state <> 'QUEUED';

-- Most reservations are diners', and have no guest to be found by.
DROP INDEX reservations_guest_idx;
CREATE INDEX reservations_guest_idx ON reservations (guest_id, starts_at) WHERE guest_id IS NOT NULL;

DROP INDEX reservations_one_coming_per_guest;
CREATE UNIQUE INDEX reservations_one_coming_per_guest ON reservations (guest_id, service_date)
  WHERE guest_id IS NOT NULL AND status IN ('HELD', 'CONFIRMED') AND NOT is_extra;

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
        WHERE payload <> '{}' AND state = 'QUEUED' AND due_at < now() - kept_for('notice-contents')) AS due
      ORDER BY due.due_at LIMIT 1000)
     FOR UPDATE SKIP LOCKED));
