-- The opening of a service date's bookings: a lobby before the instant, an order drawn (or kept by
-- arrival) at it, and turns at a steady rate after it (G13 to G15).

CREATE TABLE openings (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  service_date date NOT NULL,
  lobby_opens_at timestamptz(3) NOT NULL,
  opens_at timestamptz(3) NOT NULL,
  -- Until then booking needs a turn; afterwards whoever comes may book.
  gate_until timestamptz(3) NOT NULL,
  -- DRAW: the order of the lobby is drawn. ARRIVAL: it is the order in which people entered.
  order_by text NOT NULL DEFAULT 'DRAW',
  -- Never leaves the database before opens_at, whoever asks; published after it.
  secret bytea NOT NULL,
  -- sha256 of the secret, in hex; published with the announcement.
  commitment text NOT NULL,
  -- The public beacon whose round after the opening goes into the order; null: none, and the page
  -- says that the operator could have known the order.
  beacon text,
  beacon_round bigint,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Null: nobody has cancelled it.
  cancelled_at timestamptz(3),
  -- Set once, together, by the first request after the instant.
  frozen_at timestamptz(3),
  entry_count integer,
  -- sha256 over the sorted entry ids, in hex.
  entries_hash text,
  -- How many accounts of the lobby were so many days old, as a picture of who took part.
  account_ages jsonb,
  -- Set once, together, when the beacon's value is known or was waited for in vain.
  drawn_at timestamptz(3),
  beacon_value text,
  beacon_proof text,
  order_seed text,
  -- The last number given to somebody who came late (or, by ARRIVAL, to anybody).
  last_number integer NOT NULL DEFAULT 0,
  CONSTRAINT openings_pkey PRIMARY KEY (id),
  CONSTRAINT openings_instants_in_order CHECK (lobby_opens_at < opens_at AND opens_at < gate_until
    AND opens_at - lobby_opens_at <= interval '7 days' AND gate_until - opens_at <= interval '1 day'),
  CONSTRAINT openings_order_known CHECK (order_by IN ('DRAW', 'ARRIVAL')),
  CONSTRAINT openings_secret_length CHECK (octet_length(secret) = 32),
  CONSTRAINT openings_commitment_holds CHECK (commitment = encode(sha256(secret), 'hex')),
  CONSTRAINT openings_beacon_whole CHECK ((beacon IS NULL) = (beacon_round IS NULL)),
  CONSTRAINT openings_frozen_whole CHECK ((frozen_at IS NULL) = (entries_hash IS NULL)
    AND (frozen_at IS NULL) = (entry_count IS NULL)),
  CONSTRAINT openings_drawn_whole CHECK ((drawn_at IS NULL) = (order_seed IS NULL)
    AND (drawn_at IS NULL OR frozen_at IS NOT NULL)),
  CONSTRAINT openings_frozen_after_opening CHECK (frozen_at >= opens_at),
  CONSTRAINT openings_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX openings_one_per_date ON openings (restaurant_id, service_date) WHERE cancelled_at IS NULL;

-- What was announced stays: neither secret nor instants nor the way of ordering change afterwards,
-- whatever the code does. The rate may, and each change is a row below.
CREATE FUNCTION keep_announced_opening() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.restaurant_id, NEW.service_date, NEW.opens_at, NEW.order_by, NEW.secret, NEW.commitment,
      NEW.beacon, NEW.beacon_round)
     IS DISTINCT FROM
     (OLD.restaurant_id, OLD.service_date, OLD.opens_at, OLD.order_by, OLD.secret, OLD.commitment,
      OLD.beacon, OLD.beacon_round)
     OR (OLD.frozen_at IS NOT NULL AND (NEW.frozen_at, NEW.entry_count, NEW.entries_hash)
         IS DISTINCT FROM (OLD.frozen_at, OLD.entry_count, OLD.entries_hash))
     OR (OLD.drawn_at IS NOT NULL AND (NEW.drawn_at, NEW.order_seed, NEW.beacon_value)
         IS DISTINCT FROM (OLD.drawn_at, OLD.order_seed, OLD.beacon_value)) THEN
    RAISE EXCEPTION 'an announced opening does not change' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'openings_announced_stays';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER openings_announced_stays BEFORE UPDATE ON openings
  FOR EACH ROW EXECUTE FUNCTION keep_announced_opening();

-- How many turns a second begin, from an instant on. The first row is from the opening itself.
CREATE TABLE opening_rates (
  opening_id uuid NOT NULL,
  from_at timestamptz(3) NOT NULL,
  turns_per_second double precision NOT NULL,
  CONSTRAINT opening_rates_pkey PRIMARY KEY (opening_id, from_at),
  CONSTRAINT opening_rates_range CHECK (turns_per_second > 0 AND turns_per_second <= 10000),
  CONSTRAINT opening_rates_opening_fkey FOREIGN KEY (opening_id) REFERENCES openings (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- One person's place in an opening. `entry_id` is an HMAC of opening and account: never chosen,
-- never rolled again, and no name to anybody else.
CREATE TABLE opening_entries (
  opening_id uuid NOT NULL,
  -- Null: whoever entered has left the service; the entry stays, or the order could not be checked.
  account_id uuid,
  entry_id text NOT NULL,
  entered_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- False: came after the lobby had closed, and follows all of it.
  in_lobby boolean NOT NULL,
  -- The order Postgres gave; null where it is drawn.
  number integer,
  CONSTRAINT opening_entries_pkey PRIMARY KEY (opening_id, entry_id),
  CONSTRAINT opening_entries_id_shape CHECK (entry_id ~ '^[0-9a-f]{32}$'),
  CONSTRAINT opening_entries_opening_fkey FOREIGN KEY (opening_id) REFERENCES openings (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT opening_entries_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX opening_entries_one_per_account ON opening_entries (opening_id, account_id);
CREATE UNIQUE INDEX opening_entries_number_once ON opening_entries (opening_id, number);
CREATE INDEX opening_entries_account_idx ON opening_entries (account_id) WHERE account_id IS NOT NULL;

-- An opening every day: at this wall time for the service date so many days ahead. The openings
-- themselves are rows of their own, announced ahead of time.
CREATE TABLE opening_habits (
  restaurant_id uuid NOT NULL,
  opens_minutes smallint NOT NULL,
  opens_days_before smallint NOT NULL DEFAULT 0,
  lobby_minutes smallint NOT NULL DEFAULT 60,
  gate_minutes smallint NOT NULL DEFAULT 60,
  order_by text NOT NULL DEFAULT 'DRAW',
  turns_per_second double precision NOT NULL,
  CONSTRAINT opening_habits_pkey PRIMARY KEY (restaurant_id),
  CONSTRAINT opening_habits_opens_range CHECK (opens_minutes BETWEEN 0 AND 1439),
  CONSTRAINT opening_habits_days_range CHECK (opens_days_before BETWEEN 0 AND 60),
  CONSTRAINT opening_habits_lobby_range CHECK (lobby_minutes BETWEEN 1 AND 1440),
  CONSTRAINT opening_habits_gate_range CHECK (gate_minutes BETWEEN 1 AND 1440),
  CONSTRAINT opening_habits_order_known CHECK (order_by IN ('DRAW', 'ARRIVAL')),
  CONSTRAINT opening_habits_rate_range CHECK (turns_per_second > 0 AND turns_per_second <= 10000),
  CONSTRAINT opening_habits_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- Enters somebody, in one round trip and as its own transaction: one row a person, and the row that
-- exists for whoever asks again. Until when somebody was in the lobby is judged here, by this
-- database's clock and under a lock that the freeze waits for, so that nobody enters a frozen lobby.
-- Locks the opening shared (an advisory lock), and its row only where a number is given.
-- Returns {"entry": …, "isNew": bool} or {"reason": …}: not-found, signed-out, address-unconfirmed,
-- not-open-yet (the lobby), opening-over.
CREATE FUNCTION enter_opening(p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_person record;
  v_opening record;
  v_entry record;
  v_number integer;
  v_in_lobby boolean;
BEGIN
  SELECT email_confirmed_at IS NOT NULL AS confirmed, session_epoch INTO v_person
    FROM accounts WHERE id = p_account;
  IF NOT FOUND OR v_person.session_epoch <> p_session_epoch THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  END IF;

  SELECT * INTO v_entry FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account;
  IF FOUND THEN
    RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
  ELSIF NOT v_person.confirmed THEN
    RETURN jsonb_build_object('reason', 'address-unconfirmed');
  END IF;

  PERFORM pg_advisory_xact_lock_shared(hashtextextended(p_opening::text, 5));
  -- Read after the lock: a freeze that has just ended is seen.
  SELECT o.lobby_opens_at, o.opens_at, o.gate_until, o.order_by, o.frozen_at IS NOT NULL AS frozen
    INTO v_opening
    FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
   WHERE o.id = p_opening AND o.cancelled_at IS NULL AND r.deleted_at IS NULL AND r.published;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('reason', 'not-found');
  ELSIF clock_timestamp() < v_opening.lobby_opens_at THEN
    RETURN jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_opening.lobby_opens_at));
  ELSIF clock_timestamp() >= v_opening.gate_until THEN
    RETURN jsonb_build_object('reason', 'opening-over');
  END IF;
  v_in_lobby := clock_timestamp() < v_opening.opens_at AND NOT v_opening.frozen;
  IF NOT v_in_lobby OR v_opening.order_by = 'ARRIVAL' THEN
    UPDATE openings SET last_number = last_number + 1 WHERE id = p_opening RETURNING last_number INTO v_number;
  END IF;
  INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, number)
  VALUES (p_opening, p_account, p_entry, v_in_lobby, v_number)
  ON CONFLICT (opening_id, account_id) DO NOTHING
  RETURNING * INTO v_entry;
  IF NOT FOUND THEN
    -- The same person a moment ago; a number that was drawn for nothing is only a turn nobody takes.
    SELECT * INTO v_entry FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account;
    RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
  END IF;
  RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, true);
END
$$;

CREATE FUNCTION describe_entry(p_entry text, p_entered_at timestamptz, p_in_lobby boolean, p_number integer, p_is_new boolean) RETURNS jsonb
LANGUAGE sql STABLE
RETURN jsonb_build_object('entry', jsonb_build_object(
  'entryId', p_entry, 'enteredAt', iso_instant(p_entered_at), 'inLobby', p_in_lobby, 'number', p_number),
  'isNew', p_is_new);

-- Closes the lobby, once: waits for those who are entering at this instant, then counts and hashes.
-- Does nothing before the instant, and nothing twice. Locks the opening (advisory, then its row).
CREATE FUNCTION freeze_opening(p_opening uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_lobby record;
BEGIN
  PERFORM 1 FROM openings
    WHERE id = p_opening AND cancelled_at IS NULL AND frozen_at IS NULL AND opens_at <= clock_timestamp();
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(p_opening::text, 5));
  SELECT count(*)::integer AS entries,
         encode(sha256(convert_to(coalesce(string_agg(entry_id, '' ORDER BY entry_id COLLATE "C"), ''), 'UTF8')), 'hex') AS hash
    INTO v_lobby FROM opening_entries WHERE opening_id = p_opening AND in_lobby;
  UPDATE openings o
     SET frozen_at = clock_timestamp(), entry_count = v_lobby.entries, entries_hash = v_lobby.hash,
         account_ages = (
           SELECT coalesce(jsonb_object_agg(days, people), '{}') FROM (
             SELECT CASE WHEN age < interval '1 day' THEN '0' WHEN age < interval '7 days' THEN '1'
                         WHEN age < interval '30 days' THEN '7' WHEN age < interval '365 days' THEN '30'
                         ELSE '365' END AS days, count(*) AS people
               FROM (SELECT o.opens_at - a.created_at AS age
                       FROM opening_entries e JOIN accounts a ON a.id = e.account_id
                      WHERE e.opening_id = p_opening AND e.in_lobby) AS ages
              GROUP BY 1) AS buckets)
   WHERE id = p_opening AND frozen_at IS NULL;
  RETURN FOUND;
END
$$;

-- Fixes the order, once and for all: sha256 of the entries' hash, the secret and the beacon's value,
-- each as the bytes its hex stands for. Only after the freeze; the first caller's beacon value
-- counts. `p_beacon_value` null: there is no beacon, or it was waited for in vain.
CREATE FUNCTION draw_opening(p_opening uuid, p_beacon_value text, p_beacon_proof text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE openings
     SET drawn_at = clock_timestamp(), beacon_value = p_beacon_value, beacon_proof = p_beacon_proof,
         order_seed = encode(sha256(decode(entries_hash, 'hex') || secret || coalesce(decode(p_beacon_value, 'hex'), ''::bytea)), 'hex')
   WHERE id = p_opening AND frozen_at IS NOT NULL AND drawn_at IS NULL AND opens_at <= clock_timestamp();
  RETURN FOUND;
END
$$;
