-- Tells people that their account is closed thirty days later unless they sign in. Locks the
-- accounts, skipping any that another sweep holds; returns how many there were.
CREATE OR REPLACE FUNCTION tell_sleepers() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_accounts uuid[];
BEGIN
  v_accounts := ARRAY(
    SELECT a.id FROM accounts a JOIN sleeping_accounts s ON s.id = a.id
     WHERE s.told_at IS NULL ORDER BY a.seen_at LIMIT 200 FOR UPDATE OF a SKIP LOCKED);
  UPDATE accounts SET sleep_told_at = now() WHERE id = ANY (v_accounts);
  WITH told AS (
    INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
    SELECT 'SERVICE', 'ACCOUNT', id, 'TELL_ASLEEP', 'ASLEEP' FROM unnest(v_accounts) AS id
    RETURNING id, subject_id)
  INSERT INTO notices (event_id, kind, account_id, subject_id, recipient, locale, payload)
  SELECT told.id, 'ACCOUNT_ASLEEP', a.id, a.id, a.email, a.locale,
         jsonb_build_object('accountName', a.name, 'email', a.email, 'closesAt', iso_instant(now() + interval '30 days'))
    FROM told JOIN accounts a ON a.id = told.subject_id;
  RETURN cardinality(v_accounts);
END
$$;
