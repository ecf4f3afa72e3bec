-- The id of the request an act belongs to, which the logs share. It is a setting of the
-- transaction, so that every statement that writes an act, functions included, records it.
CREATE OR REPLACE FUNCTION current_request_id() RETURNS text
LANGUAGE sql STABLE
RETURN NULLIF(current_setting('bobjool.request_id', true), '');

ALTER TABLE audit_events
  ADD COLUMN request_id text DEFAULT current_request_id()
    CONSTRAINT audit_events_request_id CHECK (request_id ~ '^[A-Za-z0-9][A-Za-z0-9_.:-]{7,63}$');
