-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION close_new_slot() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM closed_tables
     WHERE table_id = NEW.table_id
       AND tstzrange(starts_at, ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)) THEN
    RETURN NEW;
  END IF;
  IF NEW.off_plan THEN
    RAISE EXCEPTION 'the table is closed' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END IF;
  IF NOT NEW.blocked THEN
    NEW.blocked := true;
    NEW.closed := true;
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER slots_table_is_open BEFORE INSERT ON slots
  FOR EACH ROW EXECUTE FUNCTION close_new_slot();

CREATE OR REPLACE FUNCTION give_way(
  p_table uuid,
  p_starts_at timestamptz,
  p_ends_at timestamptz
) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_slots uuid[];
BEGIN
  v_slots := ARRAY(
    SELECT id FROM slots
     WHERE table_id = p_table AND deleted_at IS NULL
       AND tstzrange(starts_at, ends_at) && tstzrange(p_starts_at, p_ends_at)
     ORDER BY id FOR UPDATE);
  IF EXISTS (SELECT FROM slots
              WHERE id = ANY (v_slots) AND (blocked AND NOT closed OR NOT is_slot_free(taken, held_until, now()))) THEN
    RETURN false;
  END IF;
  PERFORM end_overdue_reservation(p_reservation => c.reservation_id)
     FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
    WHERE s.id = ANY (v_slots) AND c.released_at IS NULL AND s.taken;
  UPDATE slots SET taken = false, held_until = NULL, deleted_at = now(), gave_way = true
   WHERE id = ANY (v_slots);
  RETURN true;
END
$$;

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
  WHEN 'guest-imports' THEN interval '24 hours'
  WHEN 'unconfirmed-accounts' THEN interval '7 days'
  WHEN 'sleeping-accounts' THEN interval '1 year'
  WHEN 'names' THEN interval '3 years' END;

CREATE OR REPLACE FUNCTION forget_table_closures() RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_done integer;
BEGIN
  DELETE FROM table_closures WHERE id = ANY (ARRAY(
    SELECT id FROM table_closures WHERE ends_at < now() - kept_for('staff-words')
     ORDER BY ends_at LIMIT 1000 FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END
$$;

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
    WHEN 'guest-imports' THEN RETURN forget_guest_imports();
    WHEN 'unconfirmed-accounts' THEN RETURN close_unconfirmed_accounts();
    WHEN 'sleeping-accounts' THEN RETURN tell_sleepers() + close_sleepers();
    WHEN 'names' THEN RETURN forget_diners() + forget_parties() + forget_old_guests();
  END CASE;
END
$$;
