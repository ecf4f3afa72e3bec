-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION forget_guest_imports() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM guest_imports WHERE id = ANY (ARRAY(
    SELECT id FROM guest_imports WHERE created_at < now() - kept_for('guest-imports')
     ORDER BY created_at LIMIT 20 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION kept_for(p_what text) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_what
  WHEN 'guest-contacts' THEN interval '24 hours'
  WHEN 'allergies' THEN interval '30 days'
  WHEN 'notice-contents' THEN interval '90 days'
  WHEN 'idempotency-keys' THEN interval '2 days'
  WHEN 'network-addresses' THEN interval '90 days'
  WHEN 'link-requests' THEN interval '24 hours'
  WHEN 'mailed-links' THEN interval '90 days'
  WHEN 'refused-addresses' THEN interval '24 hours'
  WHEN 'invitations' THEN interval '90 days'
  WHEN 'guest-imports' THEN interval '24 hours'
  WHEN 'unconfirmed-accounts' THEN interval '7 days'
  WHEN 'sleeping-accounts' THEN interval '1 year'
  WHEN 'names' THEN interval '3 years' END;

CREATE OR REPLACE FUNCTION forget_overdue(p_what text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CASE p_what
    WHEN 'guest-contacts' THEN RETURN forget_guest_contacts();
    WHEN 'allergies' THEN RETURN forget_allergies();
    WHEN 'notice-contents' THEN RETURN forget_notices();
    WHEN 'idempotency-keys' THEN RETURN forget_idempotency_keys();
    WHEN 'network-addresses' THEN RETURN cut_network_addresses();
    WHEN 'link-requests' THEN RETURN forget_link_requests();
    WHEN 'mailed-links' THEN RETURN forget_mailed_links();
    WHEN 'refused-addresses' THEN RETURN forget_refused_addresses();
    WHEN 'invitations' THEN RETURN forget_invitations();
    WHEN 'guest-imports' THEN RETURN forget_guest_imports();
    WHEN 'unconfirmed-accounts' THEN RETURN close_unconfirmed_accounts();
    WHEN 'sleeping-accounts' THEN RETURN tell_sleepers() + close_sleepers();
    WHEN 'names' THEN RETURN forget_diners() + forget_parties() + forget_old_guests();
  END CASE;
END
$$;
