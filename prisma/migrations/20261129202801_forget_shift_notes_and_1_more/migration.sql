-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION forget_shift_notes() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM shift_notes WHERE (restaurant_id, service_date) IN (
    SELECT n.restaurant_id, n.service_date FROM shift_notes n JOIN restaurants r ON r.id = n.restaurant_id
     WHERE n.service_date < first_kept_date('staff-words')
       AND NOT is_date_kept('staff-words', n.service_date, r.time_zone, r.day_cut_minutes)
     ORDER BY n.service_date LIMIT 1000 FOR UPDATE OF n SKIP LOCKED);
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

CREATE OR REPLACE FUNCTION forget_overdue(p_what text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CASE p_what
    WHEN 'guest-contacts' THEN RETURN forget_guest_contacts();
    WHEN 'allergies' THEN RETURN forget_allergies();
    WHEN 'staff-words' THEN RETURN forget_table_closures() + forget_shift_notes();
    WHEN 'notice-contents' THEN RETURN forget_notices();
    WHEN 'idempotency-keys' THEN RETURN forget_idempotency_keys();
    WHEN 'network-addresses' THEN RETURN cut_network_addresses();
    WHEN 'link-requests' THEN RETURN forget_link_requests();
    WHEN 'mailed-links' THEN RETURN forget_mailed_links();
    WHEN 'refused-addresses' THEN RETURN forget_refused_addresses();
    WHEN 'invitations' THEN RETURN forget_invitations();
    WHEN 'unconfirmed-accounts' THEN RETURN close_unconfirmed_accounts();
    WHEN 'sleeping-accounts' THEN RETURN tell_sleepers() + close_sleepers();
    WHEN 'names' THEN RETURN forget_diners() + forget_parties() + forget_old_guests();
  END CASE;
END
$$;
