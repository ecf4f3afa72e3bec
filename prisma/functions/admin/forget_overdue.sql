-- Forgets one batch of what is kept no longer, by the name under which kept_for knows it. The cut-off
-- stands there and can't be passed in: the application can forget what is due, and nothing else. Runs
-- with the rights of the tables' owner, because the application's role can't change the audit log.
--
-- A batch is at most a few thousand rows and locks only those, skipping any that another sweep holds;
-- returns how many there were, 0 when nothing is left to do.
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
    WHEN 'opening-reminders' THEN RETURN forget_opening_reminders();
    WHEN 'guest-imports' THEN RETURN forget_guest_imports();
    WHEN 'unconfirmed-accounts' THEN RETURN close_unconfirmed_accounts();
    WHEN 'sleeping-accounts' THEN RETURN tell_sleepers() + close_sleepers();
    WHEN 'names' THEN RETURN forget_diners() + forget_parties() + forget_old_guests();
  END CASE;
END
$$;
