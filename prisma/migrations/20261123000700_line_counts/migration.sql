-- line: joining costs the same however many wait -----------------------------------------------------
-- Counted over the tickets under the line's lock, everybody who joined a long line waited for the
-- count of each one in front. Now the line itself knows how many stand in it, and only what time may
-- have decided about is looked through.
ALTER TABLE lines
  -- How many tickets are active, and how many of them wait for a table and are not called yet.
  ADD COLUMN active integer NOT NULL DEFAULT 0,
  ADD COLUMN ahead integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT lines_counts_possible CHECK (0 <= ahead AND ahead <= active);
UPDATE lines l SET active = c.active, ahead = c.ahead
  FROM (SELECT restaurant_id, service_date, count(*) AS active,
               count(*) FILTER (WHERE status IN ('WAITING', 'POSTPONED') AND dining = 'IN_STORE') AS ahead
          FROM tickets WHERE status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED') GROUP BY 1, 2) AS c
 WHERE l.restaurant_id = c.restaurant_id AND l.service_date = c.service_date;

-- Kept by the database, as is the last number, so that no writer can forget it. Every act holds the
-- line's row already.
CREATE FUNCTION count_ticket() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_active integer := 0;
  v_ahead integer := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    v_active := -(OLD.status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED'))::integer;
    v_ahead := -(OLD.status IN ('WAITING', 'POSTPONED') AND OLD.dining = 'IN_STORE')::integer;
  END IF;
  v_active := v_active + (NEW.status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED'))::integer;
  v_ahead := v_ahead + (NEW.status IN ('WAITING', 'POSTPONED') AND NEW.dining = 'IN_STORE')::integer;
  IF v_active <> 0 OR v_ahead <> 0 THEN
    UPDATE lines SET active = active + v_active, ahead = ahead + v_ahead, last_number = greatest(last_number, NEW.number)
     WHERE restaurant_id = NEW.restaurant_id AND service_date = NEW.service_date;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER tickets_counted AFTER INSERT OR UPDATE OF status, dining ON tickets
  FOR EACH ROW EXECUTE FUNCTION count_ticket();

-- What time may have decided about: last calls, and tickets whose diner has left the service.
CREATE INDEX tickets_undecided_idx ON tickets (restaurant_id, service_date)
  WHERE status = 'LAST_CALLED'
     OR (status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED') AND channel = 'ONLINE' AND account_id IS NULL);

-- Plans are kept from when a table was small, and then it looks cheapest to read all of it: a rush is
-- over before the planner's figures know of it. So these two never read a whole table.

-- The same function; it no longer goes over everybody who waits.
CREATE OR REPLACE FUNCTION lock_line(p_restaurant uuid, p_date date) RETURNS timestamptz
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_now timestamptz;
  v_over record;
  v_event uuid;
  v_is_past boolean;
  v_has_written boolean := false;
BEGIN
  PERFORM 1 FROM lines WHERE restaurant_id = p_restaurant AND service_date = p_date FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  -- Whole milliseconds, as columns and callers keep them: nothing is rounded past something else.
  v_now := date_trunc('milliseconds', clock_timestamp());
  SELECT p_date < service_date_at(v_now, time_zone, day_cut_minutes) INTO v_is_past
    FROM restaurants WHERE id = p_restaurant;
  FOR v_over IN
    SELECT id, status, rank, status = 'LAST_CALLED' AND lapses_at <= v_now AS lapsed
      FROM tickets
     WHERE restaurant_id = p_restaurant AND service_date = p_date
       AND (status = 'LAST_CALLED'
            OR (status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED') AND channel = 'ONLINE' AND account_id IS NULL))
       AND (lapses_at <= v_now OR (channel = 'ONLINE' AND account_id IS NULL)) AND NOT v_is_past
    UNION ALL
    SELECT id, status, rank, status = 'LAST_CALLED' AND lapses_at <= v_now
      FROM tickets
     WHERE v_is_past AND restaurant_id = p_restaurant AND service_date = p_date
       AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
     ORDER BY rank
  LOOP
    v_has_written := true;
    v_event := gen_random_uuid();
    IF v_over.lapsed THEN
      UPDATE tickets SET status = 'LAPSED', ended_at = lapses_at WHERE id = v_over.id;
    ELSE
      UPDATE tickets SET status = 'CANCELLED', cancelled_by = 'SERVICE', ended_at = v_now WHERE id = v_over.id;
    END IF;
    INSERT INTO audit_events (id, at, actor_role, restaurant_id, subject, subject_id, act, from_status, to_status)
    VALUES (v_event, v_now, 'SERVICE', p_restaurant, 'TICKET', v_over.id,
            CASE WHEN v_over.lapsed THEN 'LAPSE' ELSE 'CANCEL' END, v_over.status::text,
            CASE WHEN v_over.lapsed THEN 'LAPSED' ELSE 'CANCELLED' END);
    -- A day that is over has nobody left to tell anything.
    IF NOT v_is_past THEN
      IF v_over.lapsed THEN
        PERFORM queue_ticket_notice(v_over.id, v_event, 'TICKET_LAPSED', v_now, NULL);
      END IF;
      PERFORM tell_third(p_restaurant, p_date, v_event, v_now);
    END IF;
  END LOOP;
  -- What the caller does comes after what was just written.
  RETURN v_now + CASE WHEN v_has_written THEN interval '1 ms' ELSE interval '0' END;
END
$$;

-- The same function; how many stand in front is read off the line.
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
  p_tariff jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_house record;
  v_asker uuid;
  v_stored record;
  v_today date;
  v_line record;
  v_now timestamptz;
  v_quote record;
  v_number integer;
  v_id uuid := gen_random_uuid();
  v_event uuid := gen_random_uuid();
BEGIN
  SELECT r.id, r.published, r.time_zone, r.day_cut_minutes, s.state, s.reason,
         a.id AS account, a.session_epoch, a.email_confirmed_at, a.locale, k.id AS kiosk, k.revoked_at
    INTO v_house
    FROM restaurants r
    LEFT JOIN line_settings s ON s.restaurant_id = r.id
    LEFT JOIN accounts a ON a.id = p_account
    LEFT JOIN kiosks k ON k.token_hash = p_kiosk_hash AND k.restaurant_id = r.id
   WHERE r.id = p_restaurant AND r.deleted_at IS NULL;
  IF NOT FOUND OR (p_channel = 'ONLINE' AND NOT v_house.published) THEN
    RETURN jsonb_build_object('reason', 'not-found');
  ELSIF p_kiosk_hash IS NOT NULL AND (v_house.kiosk IS NULL OR v_house.revoked_at IS NOT NULL) THEN
    RETURN jsonb_build_object('reason', 'kiosk-revoked');
  ELSIF p_kiosk_hash IS NULL AND (v_house.account IS NULL OR v_house.session_epoch <> p_session_epoch) THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  END IF;
  v_asker := coalesce(v_house.kiosk, v_house.account);

  IF NOT pg_try_advisory_xact_lock(hashtextextended(v_asker::text || ' ' || p_key, 4)) THEN
    RETURN jsonb_build_object('reason', 'in-progress');
  END IF;
  SELECT id, taken_hash INTO v_stored FROM tickets WHERE asker_id = v_asker AND taken_key = p_key;
  IF FOUND THEN
    IF v_stored.taken_hash <> p_request_hash THEN
      RETURN jsonb_build_object('reason', 'key-reused');
    END IF;
    RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
  ELSIF v_house.state IS NULL THEN
    RETURN jsonb_build_object('reason', 'no-line');
  END IF;

  v_today := service_date_at(clock_timestamp(), v_house.time_zone, v_house.day_cut_minutes);
  -- Looked for before the lock too, so that tapping again never waits for those who join. Among the
  -- account's own tickets, which are few: IS NOT DISTINCT FROM keeps the planner from going through
  -- the line's instead, which look like few to it while a rush is young.
  IF p_channel = 'ONLINE' THEN
    SELECT id INTO v_stored FROM tickets
     WHERE account_id = p_account AND restaurant_id IS NOT DISTINCT FROM p_restaurant AND service_date IS NOT DISTINCT FROM v_today
       AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
       AND ticket_status_at(status, lapses_at, clock_timestamp()) <> 'LAPSED';
    IF FOUND THEN
      RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
    ELSIF v_house.email_confirmed_at IS NULL THEN
      RETURN jsonb_build_object('reason', 'address-unconfirmed');
    END IF;
  END IF;
  IF v_house.state <> 'OPEN' THEN
    RETURN jsonb_build_object('reason', 'line-' || lower(v_house.state::text), 'because', v_house.reason);
  END IF;

  v_now := lock_line(p_restaurant, v_today);
  IF v_now IS NULL THEN
    INSERT INTO lines (restaurant_id, service_date) VALUES (p_restaurant, v_today) ON CONFLICT DO NOTHING;
    v_now := lock_line(p_restaurant, v_today);
  END IF;
  IF p_channel = 'ONLINE' THEN
    SELECT id INTO v_stored FROM tickets
     WHERE account_id = p_account AND restaurant_id IS NOT DISTINCT FROM p_restaurant AND service_date IS NOT DISTINCT FROM v_today
       AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED');
    IF FOUND THEN
      RETURN jsonb_build_object('ticket', describe_ticket(v_stored.id), 'isNew', false);
    END IF;
  END IF;
  -- Read again under the lock: who pauses a line holds it too, and nobody joins behind that.
  SELECT s.state, s.reason, s.longest, l.active, l.ahead, l.last_number INTO v_line
    FROM line_settings s JOIN lines l ON l.restaurant_id = s.restaurant_id AND l.service_date = v_today
   WHERE s.restaurant_id = p_restaurant;
  IF v_line.state <> 'OPEN' THEN
    RETURN jsonb_build_object('reason', 'line-' || lower(v_line.state::text), 'because', v_line.reason);
  ELSIF v_line.active >= v_line.longest THEN
    RETURN jsonb_build_object('reason', 'line-full', 'waiting', v_line.active);
  END IF;

  SELECT * INTO v_quote FROM quote_wait(CASE p_dining WHEN 'IN_STORE' THEN p_tariff END, v_line.ahead);
  v_number := v_line.last_number + 1;
  INSERT INTO tickets (id, restaurant_id, service_date, number, rank, party_size, dining, channel, account_id, kiosk_id,
                       contact_phone, contact_email, locale, taken_at, asker_id, taken_key, taken_hash,
                       quote_ahead, quote_basis_minutes, quote_from_minutes, quote_to_minutes)
  VALUES (v_id, p_restaurant, v_today, v_number, v_number, p_party_size, p_dining, p_channel,
          CASE p_channel WHEN 'ONLINE' THEN p_account END, v_house.kiosk, p_phone, p_email,
          CASE p_channel WHEN 'ONLINE' THEN v_house.locale ELSE p_locale END, v_now,
          v_asker, p_key, p_request_hash,
          CASE WHEN v_quote.basis_minutes IS NOT NULL THEN v_line.ahead END, v_quote.basis_minutes,
          v_quote.from_minutes, v_quote.to_minutes);
  INSERT INTO audit_events (id, at, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status)
  VALUES (v_event, v_now, p_account,
          CASE WHEN p_channel = 'ONLINE' THEN 'DINER' WHEN p_account IS NULL THEN 'SERVICE' ELSE 'OWNER' END,
          p_address, p_restaurant, 'TICKET', v_id, 'TAKE', 'WAITING');
  PERFORM queue_ticket_notice(v_id, v_event, 'TICKET_TAKEN', v_now, v_line.active + 1);
  RETURN jsonb_build_object('isNew', true, 'ticket', jsonb_build_object(
    'id', v_id, 'number', v_number, 'status', 'WAITING', 'place', v_line.active + 1,
    'serviceDate', v_today, 'partySize', p_party_size,
    'quote', CASE WHEN v_quote.from_minutes IS NOT NULL THEN
      jsonb_build_object('fromMinutes', v_quote.from_minutes, 'toMinutes', v_quote.to_minutes) END));
END
$$;
