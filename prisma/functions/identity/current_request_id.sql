-- The request that the transaction says it belongs to (`SET LOCAL bobjool.request_id`). Null: none.
CREATE OR REPLACE FUNCTION current_request_id() RETURNS text
LANGUAGE sql STABLE
RETURN NULLIF(current_setting('bobjool.request_id', true), '');
