-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION take_ticket(
  p_restaurant uuid,
  p_channel text,
  p_account uuid,
  p_session_epoch integer,
  p_kiosk_hash text,
  p_key text,
  p_request_hash text,
  p_party_size integer,
  p_dining text,
  p_phone text,
  p_email text,
  p_locale text,
  p_address text,
  p_estimate jsonb DEFAULT NULL,
  p_session uuid DEFAULT NULL,
  p_remembered_as text DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_restaurant record;
  v_asker uuid;
  -- Of staff who take it at the door.
  v_role text;
  v_stored record;
  v_today date;
  v_line record;
  v_now timestamptz;
  v_quote record;
  v_number integer;
  v_waiting uuid;
  v_retake timestamptz;
  v_guest uuid;
  v_id uuid := gen_random_uuid();
  v_event uuid := gen_random_uuid();
BEGIN
  SELECT r.id, r.published, r.time_zone, r.day_cut_minutes, s.state, s.reason,
         a.id AS account, a.email_confirmed_at, a.locale, k.id AS kiosk, k.revoked_at
    INTO v_restaurant
    FROM restaurants r
    LEFT JOIN line_settings s ON s.restaurant_id = r.id
    LEFT JOIN accounts a ON a.id = p_account
    LEFT JOIN kiosks k ON k.token_hash = p_kiosk_hash AND k.restaurant_id = r.id
   WHERE r.id = p_restaurant AND r.deleted_at IS NULL;
  IF NOT FOUND OR (p_channel = 'ONLINE' AND NOT v_restaurant.published) THEN
    RETURN jsonb_build_object('reason', 'not-found');
  ELSIF p_kiosk_hash IS NOT NULL AND (v_restaurant.kiosk IS NULL OR v_restaurant.revoked_at IS NOT NULL) THEN
    RETURN jsonb_build_object('reason', 'kiosk-revoked');
  ELSIF p_kiosk_hash IS NULL AND (v_restaurant.account IS NULL
         OR (p_session_epoch IS NOT NULL AND NOT is_session_live(p_account, p_session_epoch, p_session))) THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  ELSIF p_kiosk_hash IS NULL AND is_session_shared(p_session) THEN
    RETURN jsonb_build_object('reason', 'shared-tablet');
  ELSIF p_channel = 'KIOSK' AND p_kiosk_hash IS NULL THEN
    v_role := lock_acting_role(p_account => p_account, p_restaurant => p_restaurant, p_edits => false);
    IF v_role IS NULL THEN
      RETURN jsonb_build_object('reason', 'not-found');
    END IF;
  END IF;
  v_asker := coalesce(v_restaurant.kiosk, v_restaurant.account);

  IF NOT pg_try_advisory_xact_lock(hashtextextended(v_asker::text || ' ' || p_key, 4)) THEN
    RETURN jsonb_build_object('reason', 'in-progress');
  END IF;
  SELECT id, taken_hash INTO v_stored FROM tickets WHERE asker_id = v_asker AND taken_key = p_key;
  IF FOUND THEN
    IF v_stored.taken_hash <> p_request_hash THEN
      RETURN jsonb_build_object('reason', 'key-reused');
    END IF;
    RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
  ELSIF v_restaurant.state IS NULL THEN
    RETURN jsonb_build_object('reason', 'no-line');
  END IF;

  v_today := service_date_at(clock_timestamp(), v_restaurant.time_zone, v_restaurant.day_cut_minutes);
  -- Looked for before the lock too, so that tapping again never waits for those who join. Among the
  -- account's own tickets, which are few: IS NOT DISTINCT FROM keeps the planner from going through
  -- the line's instead, which look like few to it while a rush is young.
  IF p_channel = 'ONLINE' THEN
    SELECT id INTO v_stored FROM tickets
     WHERE account_id = p_account AND restaurant_id IS NOT DISTINCT FROM p_restaurant AND service_date IS NOT DISTINCT FROM v_today
       AND is_ticket_active_at(status, lapses_at, clock_timestamp());
    IF FOUND THEN
      RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
    ELSIF v_restaurant.email_confirmed_at IS NULL THEN
      RETURN jsonb_build_object('reason', 'address-unconfirmed');
    END IF;
  END IF;
  IF p_phone IS NOT NULL OR p_email IS NOT NULL THEN
    IF find_contact_ticket(p_restaurant, v_today, p_phone, p_email) IS NOT NULL THEN
      v_now := lock_line(p_restaurant, v_today);
      v_waiting := find_contact_ticket(p_restaurant, v_today, p_phone, p_email);
    END IF;
    IF v_waiting IS NOT NULL THEN
      PERFORM remind_contact(v_waiting, p_account, p_address, v_now);
      RETURN jsonb_build_object('reason', 'already-in-line');
    END IF;
  END IF;
  v_retake := retake_at(CASE p_channel WHEN 'ONLINE' THEN p_account END, p_phone, p_email, clock_timestamp());
  IF v_retake IS NOT NULL THEN
    RETURN jsonb_build_object('reason', 'line-too-often',
                              'retryAfterMs', ceil(extract(epoch FROM v_retake - clock_timestamp()) * 1000));
  END IF;
  IF v_restaurant.state <> 'OPEN' THEN
    RETURN jsonb_build_object('reason', 'line-' || lower(v_restaurant.state::text), 'because', v_restaurant.reason);
  ELSIF NOT is_line_in_hours(p_restaurant, v_today, clock_timestamp()) THEN
    RETURN jsonb_build_object('reason', 'line-outside-hours', 'opensAt', iso_instant(line_opens_at(p_restaurant, clock_timestamp())));
  END IF;

  v_now := lock_line(p_restaurant, v_today);
  IF v_now IS NULL THEN
    INSERT INTO lines (restaurant_id, service_date) VALUES (p_restaurant, v_today) ON CONFLICT DO NOTHING;
    v_now := lock_line(p_restaurant, v_today);
  END IF;
  IF p_channel = 'ONLINE' THEN
    SELECT id INTO v_stored FROM tickets
     WHERE account_id = p_account AND restaurant_id IS NOT DISTINCT FROM p_restaurant AND service_date IS NOT DISTINCT FROM v_today
       AND is_ticket_active(status);
    IF FOUND THEN
      RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
    END IF;
  END IF;
  IF find_contact_ticket(p_restaurant, v_today, p_phone, p_email) IS NOT NULL THEN
    -- Taken a moment ago, with its mail.
    RETURN jsonb_build_object('reason', 'already-in-line');
  END IF;
  -- Read again under the lock: who pauses a line holds it too, and nobody joins behind that.
  SELECT s.state, s.reason, s.longest, l.active, l.ahead, l.last_number INTO v_line
    FROM line_settings s JOIN lines l ON l.restaurant_id = s.restaurant_id AND l.service_date = v_today
   WHERE s.restaurant_id = p_restaurant;
  IF v_line.state <> 'OPEN' THEN
    RETURN jsonb_build_object('reason', 'line-' || lower(v_line.state::text), 'because', v_line.reason);
  -- The hours may have ended while it waited for the lock.
  ELSIF NOT is_line_in_hours(p_restaurant, v_today, v_now) THEN
    RETURN jsonb_build_object('reason', 'line-outside-hours', 'opensAt', iso_instant(line_opens_at(p_restaurant, v_now)));
  ELSIF v_line.active >= v_line.longest THEN
    RETURN jsonb_build_object('reason', 'line-full', 'waiting', v_line.active);
  END IF;

  SELECT * INTO v_quote FROM quote_wait(CASE p_dining WHEN 'IN_STORE' THEN p_estimate END, v_line.ahead);
  v_number := v_line.last_number + 1;
  IF p_remembered_as IS NOT NULL THEN
    v_guest := keep_consenting_guest(
      p_restaurant => p_restaurant, p_name => p_remembered_as, p_phone => p_phone, p_email => p_email,
      p_locale => p_locale, p_way => CASE WHEN p_account IS NULL THEN 'KIOSK' ELSE 'IN_PERSON' END,
      p_actor => p_account, p_role => CASE WHEN p_account IS NULL THEN 'DINER' ELSE 'OWNER' END, p_at => v_now);
  END IF;
  INSERT INTO tickets (id, restaurant_id, service_date, number, rank, party_size, dining, channel, account_id, kiosk_id, guest_id,
                       contact_phone, contact_email, locale, taken_at, asker_id, taken_key, taken_hash,
                       quote_ahead, quote_basis_minutes, quote_from_minutes, quote_to_minutes)
  VALUES (v_id, p_restaurant, v_today, v_number, v_number, p_party_size, p_dining, p_channel,
          CASE p_channel WHEN 'ONLINE' THEN p_account END, v_restaurant.kiosk, v_guest, p_phone, p_email,
          CASE p_channel WHEN 'ONLINE' THEN v_restaurant.locale ELSE p_locale END, v_now,
          v_asker, p_key, p_request_hash,
          CASE WHEN v_quote.basis_minutes IS NOT NULL THEN v_line.ahead END, v_quote.basis_minutes,
          v_quote.from_minutes, v_quote.to_minutes);
  INSERT INTO audit_events (id, at, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status)
  VALUES (v_event, v_now, p_account,
          CASE WHEN p_channel = 'ONLINE' THEN 'DINER' ELSE coalesce(v_role, 'SERVICE') END,
          p_address, p_restaurant, 'TICKET', v_id, 'TAKE', 'WAITING');
  PERFORM queue_ticket_notice(v_id, v_event, 'TICKET_TAKEN', v_now, v_line.active + 1);
  RETURN jsonb_build_object('isNew', true, 'ticket', jsonb_build_object(
    'id', v_id, 'number', v_number, 'status', 'WAITING', 'place', v_line.active + 1,
    'serviceDate', v_today, 'partySize', p_party_size,
    'quote', CASE WHEN v_quote.from_minutes IS NOT NULL THEN
      jsonb_build_object('fromMinutes', v_quote.from_minutes, 'toMinutes', v_quote.to_minutes) END));
END
$$;

CREATE OR REPLACE FUNCTION remind_contact(p_ticket uuid, p_actor uuid, p_address text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_ticket record;
  v_told record;
  v_event uuid := gen_random_uuid();
BEGIN
  SELECT count(*) AS times, max(queued_at) AS last INTO v_told
    FROM notices WHERE subject_id = p_ticket AND kind = 'TICKET_TAKEN';
  -- None: its contact is a number, to which nothing is written.
  IF v_told.times NOT BETWEEN 1 AND 3 OR v_told.last > p_at - interval '5 minutes' THEN
    RETURN;
  END IF;
  SELECT t.restaurant_id, t.service_date, t.rank, t.status,
         acting_role(a.role, a.owner_approved_at, s.role) AS by INTO v_ticket
    FROM tickets t LEFT JOIN accounts a ON a.id = p_actor
    LEFT JOIN restaurant_staff s ON s.restaurant_id = t.restaurant_id AND s.account_id = a.id
   WHERE t.id = p_ticket;
  INSERT INTO audit_events (id, at, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, from_status, to_status)
  VALUES (v_event, p_at, p_actor, coalesce(v_ticket.by, 'SERVICE'), p_address,
          v_ticket.restaurant_id, 'TICKET', p_ticket, 'REMIND', v_ticket.status::text, v_ticket.status::text);
  PERFORM queue_ticket_notice(p_ticket, v_event, 'TICKET_TAKEN', p_at,
                              ticket_place(v_ticket.restaurant_id, v_ticket.service_date, v_ticket.rank, p_at));
END
$$;
