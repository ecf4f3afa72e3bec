-- How long each kind of personal data is kept; docs/privacy.md and retention.rules.ts of the room
-- admin say the same, and a test compares the three. Null: nothing is kept under that name.
CREATE OR REPLACE FUNCTION kept_for(p_what text) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_what
  WHEN 'guest-contacts' THEN interval '24 hours'
  WHEN 'allergies' THEN interval '30 days'
  WHEN 'staff-words' THEN interval '30 days'
  WHEN 'notice-contents' THEN interval '90 days'
  WHEN 'idempotency-keys' THEN interval '2 days'
  WHEN 'network-addresses' THEN interval '90 days'
  WHEN 'link-requests' THEN interval '24 hours'
  WHEN 'mailed-links' THEN interval '90 days'
  WHEN 'refused-addresses' THEN interval '24 hours'
  WHEN 'invitations' THEN interval '90 days'
  WHEN 'opening-reminders' THEN interval '24 hours'
  WHEN 'guest-imports' THEN interval '24 hours'
  WHEN 'unconfirmed-accounts' THEN interval '7 days'
  WHEN 'sleeping-accounts' THEN interval '1 year'
  WHEN 'names' THEN interval '3 years' END;
