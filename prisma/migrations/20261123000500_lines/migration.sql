-- line -------------------------------------------------------------------------------------
CREATE TYPE line_state AS ENUM ('OPEN', 'PAUSED', 'CLOSED');
CREATE TYPE ticket_status AS ENUM ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED', 'SEATED', 'CANCELLED', 'LAPSED');

-- Whether a restaurant has a line at all, and whether one may join it now. No row: it has none.
CREATE TABLE line_settings (
  restaurant_id uuid NOT NULL,
  state line_state NOT NULL DEFAULT 'CLOSED',
  -- Why it is paused or closed, shown to diners; null: nothing is said.
  reason text,
  -- So many parties may wait at once; null: any number.
  longest integer,
  CONSTRAINT line_settings_pkey PRIMARY KEY (restaurant_id),
  CONSTRAINT line_settings_reason_length CHECK (char_length(reason) BETWEEN 1 AND 100),
  CONSTRAINT line_settings_longest_range CHECK (longest BETWEEN 1 AND 10000),
  CONSTRAINT line_settings_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- A tablet at the door. It is known by a device token, of which only the hash is here.
CREATE TABLE kiosks (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  name text NOT NULL,
  token_hash text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Null: it may take tickets.
  revoked_at timestamptz(3),
  CONSTRAINT kiosks_pkey PRIMARY KEY (id),
  CONSTRAINT kiosks_name_length CHECK (char_length(name) BETWEEN 1 AND 50),
  CONSTRAINT kiosks_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX kiosks_token_hash_key ON kiosks (token_hash);
CREATE INDEX kiosks_restaurant_idx ON kiosks (restaurant_id);

-- The line of a service date. Whoever writes anything about it locks this row first, so that a line
-- is serial: numbers rise in the order of commits, without gaps, and places are a strict order.
CREATE TABLE lines (
  restaurant_id uuid NOT NULL,
  service_date date NOT NULL,
  last_number integer NOT NULL DEFAULT 0,
  CONSTRAINT lines_pkey PRIMARY KEY (restaurant_id, service_date),
  CONSTRAINT lines_last_number_positive CHECK (last_number >= 0),
  CONSTRAINT lines_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE tickets (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  service_date date NOT NULL,
  -- Printed on the ticket; never changes.
  number integer NOT NULL,
  -- The order. A ticket that was never moved has its number for it, so there is always room before
  -- the next one, and halving the distance of two neighbours is exact in numeric.
  rank numeric NOT NULL,
  party_size smallint NOT NULL,
  dining text NOT NULL,
  channel text NOT NULL,
  -- Null: taken at the door, or whoever took it has left the service.
  account_id uuid,
  -- Null: taken by an account (a diner's own, or the staff's).
  kiosk_id uuid,
  contact_phone text,
  contact_email text,
  locale text NOT NULL DEFAULT 'ko',
  status ticket_status NOT NULL DEFAULT 'WAITING',
  postponements smallint NOT NULL DEFAULT 0,
  -- The number it went behind the last time; null: it was never postponed.
  postponed_behind integer,
  taken_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- Null: nobody has called it.
  called_at timestamptz(3),
  -- Ten minutes after the last call; null: there was none.
  lapses_at timestamptz(3),
  -- Null: it is active.
  ended_at timestamptz(3),
  cancelled_by text,
  cancel_reason text,
  -- The walk-in reservation it was seated with; null: not seated, or at a restaurant without slots.
  reservation_id uuid,
  -- Who asked for it (an account or a kiosk), and their name for that request: asked again, it is
  -- the same ticket.
  asker_id uuid NOT NULL,
  taken_key text NOT NULL,
  taken_hash text NOT NULL,
  -- The act by which this party became third in line and was told so; null: not told yet.
  third_told_by uuid,
  -- The wait that was quoted; null: nothing was.
  quote_from_minutes smallint,
  quote_to_minutes smallint,
  CONSTRAINT tickets_pkey PRIMARY KEY (id),
  CONSTRAINT tickets_number_positive CHECK (number > 0),
  CONSTRAINT tickets_rank_positive CHECK (rank > 0),
  CONSTRAINT tickets_party_range CHECK (party_size BETWEEN 1 AND 100),
  CONSTRAINT tickets_dining_known CHECK (dining IN ('IN_STORE', 'TAKEOUT')),
  CONSTRAINT tickets_channel_known CHECK (channel IN ('ONLINE', 'KIOSK')),
  CONSTRAINT tickets_online_is_of_account CHECK (channel = 'KIOSK' OR (kiosk_id IS NULL AND contact_phone IS NULL AND contact_email IS NULL)),
  CONSTRAINT tickets_kiosk_has_no_account CHECK (channel = 'ONLINE' OR account_id IS NULL),
  CONSTRAINT tickets_contact_length CHECK (char_length(contact_phone) <= 30 AND char_length(contact_email) <= 254),
  CONSTRAINT tickets_locale_known CHECK (locale IN ('ko', 'en')),
  -- G10: at most twice.
  CONSTRAINT tickets_postponed_twice_at_most CHECK (postponements BETWEEN 0 AND 2),
  CONSTRAINT tickets_postponed_whole CHECK ((postponements = 0) = (postponed_behind IS NULL)),
  CONSTRAINT tickets_called_has_instant CHECK (status NOT IN ('CALLED', 'LAST_CALLED') OR called_at IS NOT NULL),
  -- G12: the deadline is in the row; no process has to be there for it.
  CONSTRAINT tickets_last_call_has_deadline CHECK (status NOT IN ('LAST_CALLED', 'LAPSED') OR lapses_at IS NOT NULL),
  CONSTRAINT tickets_ended_has_instant CHECK ((status IN ('SEATED', 'CANCELLED', 'LAPSED')) = (ended_at IS NOT NULL)),
  CONSTRAINT tickets_cancelled_by_known CHECK ((status = 'CANCELLED') = (cancelled_by IS NOT NULL) AND cancelled_by IN ('DINER', 'OWNER', 'ADMIN', 'SERVICE')),
  CONSTRAINT tickets_cancel_reason_length CHECK (cancel_reason IS NULL OR (status = 'CANCELLED' AND char_length(cancel_reason) BETWEEN 1 AND 200)),
  CONSTRAINT tickets_table_only_seated CHECK (reservation_id IS NULL OR status = 'SEATED'),
  CONSTRAINT tickets_key_length CHECK (char_length(taken_key) BETWEEN 1 AND 200),
  CONSTRAINT tickets_quote_whole CHECK ((quote_from_minutes IS NULL) = (quote_to_minutes IS NULL) AND 0 <= quote_from_minutes AND quote_from_minutes <= quote_to_minutes),
  CONSTRAINT tickets_line_fkey FOREIGN KEY (restaurant_id, service_date) REFERENCES lines (restaurant_id, service_date) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT tickets_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT tickets_kiosk_fkey FOREIGN KEY (kiosk_id) REFERENCES kiosks (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT tickets_reservation_fkey FOREIGN KEY (reservation_id) REFERENCES reservations (id) ON DELETE SET NULL ON UPDATE CASCADE
);
-- G8: a number never repeats on its date; G10: no two tickets have one place, ended ones included,
-- because an undo may bring them back.
CREATE UNIQUE INDEX tickets_number_once ON tickets (restaurant_id, service_date, number);
CREATE UNIQUE INDEX tickets_rank_once ON tickets (restaurant_id, service_date, rank);
-- G9: one active ticket per diner and restaurant; what is left of another date is no obstacle.
CREATE UNIQUE INDEX tickets_one_active_per_diner ON tickets (account_id, restaurant_id, service_date)
  WHERE status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED');
CREATE UNIQUE INDEX tickets_key_once ON tickets (asker_id, taken_key);
CREATE INDEX tickets_active_idx ON tickets (restaurant_id, service_date, rank)
  WHERE status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED');
CREATE INDEX tickets_last_called_idx ON tickets (lapses_at) WHERE status = 'LAST_CALLED';
CREATE INDEX tickets_account_idx ON tickets (account_id, taken_at) WHERE account_id IS NOT NULL;
CREATE INDEX tickets_kiosk_idx ON tickets (kiosk_id) WHERE kiosk_id IS NOT NULL;
CREATE INDEX tickets_reservation_idx ON tickets (reservation_id) WHERE reservation_id IS NOT NULL;

-- What a ticket's status is at an instant, whether or not anybody has written it down (G12).
CREATE FUNCTION ticket_status_at(p_status ticket_status, p_lapses_at timestamptz, p_at timestamptz) RETURNS ticket_status
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_status = 'LAST_CALLED' AND p_lapses_at <= p_at THEN 'LAPSED'::ticket_status ELSE p_status END;

-- How many active parties stand before a rank, plus one.
CREATE FUNCTION ticket_place(p_restaurant uuid, p_date date, p_rank numeric, p_at timestamptz) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT count(*)::integer + 1 FROM tickets
         WHERE restaurant_id = p_restaurant AND service_date = p_date AND rank < p_rank
           AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
           AND NOT (status = 'LAST_CALLED' AND lapses_at <= p_at));

-- Puts one mail about a ticket into the outbox, in the caller's transaction, with what is true at
-- this instant. Nobody to tell (no address was left): nothing is queued. `p_place` null: it has none.
CREATE FUNCTION queue_ticket_notice(p_ticket uuid, p_event uuid, p_kind text, p_due_at timestamptz, p_place integer) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, due_at, payload)
  SELECT p_event, p_kind, a.id, r.id, t.id, coalesce(a.email, t.contact_email), coalesce(a.locale, t.locale), p_due_at,
         jsonb_build_object(
           'ticketId', t.id, 'number', t.number, 'place', p_place, 'status', t.status,
           'serviceDate', t.service_date, 'partySize', t.party_size, 'dining', t.dining,
           'hasAccount', a.id IS NOT NULL, 'takenAt', iso_instant(t.taken_at), 'lapsesAt', iso_instant(t.lapses_at),
           'cancelledBy', t.cancelled_by, 'reason', t.cancel_reason,
           'quote', CASE WHEN t.quote_from_minutes IS NOT NULL THEN
             jsonb_build_object('fromMinutes', t.quote_from_minutes, 'toMinutes', t.quote_to_minutes) END,
           'restaurant', jsonb_build_object(
             'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
             'phone', r.phone, 'timeZone', r.time_zone))
    FROM tickets t
    JOIN restaurants r ON r.id = t.restaurant_id
    LEFT JOIN accounts a ON a.id = t.account_id
   WHERE t.id = p_ticket AND coalesce(a.email, t.contact_email) IS NOT NULL
  -- At the door one address may stand on two tickets; of one act it hears once.
  ON CONFLICT DO NOTHING
$$;

-- Tells whoever stands third by now, if nobody has told them, on account of an act that let others
-- move up; tied to the act's event, so that an undo takes it back. The line's row has to be locked.
CREATE FUNCTION tell_third(p_restaurant uuid, p_date date, p_event uuid, p_due_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_third uuid;
BEGIN
  SELECT id INTO v_third FROM (
    SELECT id, status, third_told_by FROM tickets
     WHERE restaurant_id = p_restaurant AND service_date = p_date
       AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
     ORDER BY rank OFFSET 2 LIMIT 1) AS third
   WHERE status IN ('WAITING', 'POSTPONED') AND third_told_by IS NULL;
  IF FOUND THEN
    UPDATE tickets SET third_told_by = p_event WHERE id = v_third;
    PERFORM queue_ticket_notice(v_third, p_event, 'TICKET_THIRD', p_due_at, 3);
  END IF;
END
$$;

-- The beginning of every write on a line: locks its row, writes down what time has decided, and
-- gives the instant by which the write is judged: read under the lock, so that the acts on one line
-- follow each other by their clock too. Null: this date has no line.
--
-- Time decides: a last call that ran out has lapsed (G12); a ticket that its date has left behind is
-- over, as is the ticket of somebody who has left the service.
CREATE FUNCTION lock_line(p_restaurant uuid, p_date date) RETURNS timestamptz
LANGUAGE plpgsql AS $$
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
    SELECT id, status, lapses_at,
           status = 'LAST_CALLED' AND lapses_at <= v_now AS lapsed
      FROM tickets
     WHERE restaurant_id = p_restaurant AND service_date = p_date
       AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
       AND ((status = 'LAST_CALLED' AND lapses_at <= v_now) OR v_is_past
            OR (channel = 'ONLINE' AND account_id IS NULL))
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
