-- The session of the shared tablet on which the transaction says it acts (`SET LOCAL
-- bobjool.tablet_id`). Null: none.
CREATE OR REPLACE FUNCTION current_tablet_id() RETURNS uuid
LANGUAGE sql STABLE
RETURN NULLIF(current_setting('bobjool.tablet_id', true), '')::uuid;
