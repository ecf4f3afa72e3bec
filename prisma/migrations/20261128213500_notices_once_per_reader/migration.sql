-- A notice takes its reader's new address before it is sent, and that may have been another
-- reader's of the same event a moment ago: an account is one reader, whatever its address.
DROP INDEX notices_once_per_event;
CREATE UNIQUE INDEX notices_once_per_event ON notices (event_id, kind, channel, coalesce(account_id::text, recipient));
