-- Written by npm run db:function.

DROP FUNCTION enter_opening_unbooked(uuid,uuid,integer,text,bytea,uuid,jsonb);

DROP FUNCTION enter_opening(uuid,uuid,integer,text,bytea,uuid,jsonb);

DROP FUNCTION describe_entry(text,timestamp with time zone,boolean,integer,boolean);

CREATE OR REPLACE FUNCTION hash_entries(p_ids text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(convert_to(coalesce(
  (SELECT string_agg(id, '' ORDER BY id COLLATE "C") FROM unnest(p_ids) AS id), ''), 'UTF8')), 'hex');

CREATE OR REPLACE FUNCTION seed_order(p_entries_hash text, p_secret bytea, p_beacon_value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(decode(p_entries_hash, 'hex') || p_secret || coalesce(decode(p_beacon_value, 'hex'), ''::bytea)), 'hex');

CREATE OR REPLACE FUNCTION find_cohort_over(p_opening uuid) RETURNS integer
LANGUAGE sql VOLATILE AS $$
  SELECT over.cohort
    FROM openings o
    CROSS JOIN LATERAL (SELECT clock_timestamp() - CASE WHEN o.cohort_seconds IS NULL THEN interval '0' ELSE interval '2 seconds' END AS at) AS judged
    CROSS JOIN LATERAL (
      SELECT CASE WHEN o.cohort_seconds IS NULL OR o.direct_from IS NOT NULL THEN 0
                  ELSE least(count_cohorts(o.opens_at, o.gate_until, o.cohort_seconds),
                             floor(extract(epoch FROM judged.at - o.opens_at) / o.cohort_seconds)::integer) END AS cohort) AS over
   WHERE o.id = p_opening AND o.cancelled_at IS NULL AND o.opens_at <= judged.at
     AND (o.frozen_at IS NULL OR over.cohort > o.closed_cohort)
$$;

CREATE OR REPLACE FUNCTION freeze_opening(p_opening uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_over integer := find_cohort_over(p_opening);
  v_opening record;
BEGIN
  IF v_over IS NULL THEN
    RETURN false;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(p_opening::text, 5));
  SELECT frozen_at IS NOT NULL AS frozen, closed_cohort INTO v_opening
    FROM openings WHERE id = p_opening FOR UPDATE;
  INSERT INTO opening_cohorts (opening_id, cohort, frozen_at, entry_count, entries_hash)
  SELECT p_opening, cohort, clock_timestamp(), count(*), hash_entries(array_agg(entry_id))
    FROM opening_entries
   WHERE opening_id = p_opening AND NOT in_lobby AND cohort > v_opening.closed_cohort AND cohort <= v_over
   GROUP BY cohort;
  IF v_opening.frozen THEN
    UPDATE openings SET closed_cohort = v_over WHERE id = p_opening AND closed_cohort < v_over;
    RETURN FOUND;
  END IF;
  UPDATE openings
     SET frozen_at = clock_timestamp(), entry_count = lobby.entries, entries_hash = lobby.hash,
         closed_cohort = greatest(closed_cohort, v_over)
    FROM (SELECT count(*)::integer AS entries, hash_entries(array_agg(entry_id)) AS hash
            FROM opening_entries WHERE opening_id = p_opening AND in_lobby) AS lobby
   WHERE id = p_opening;
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION draw_opening(p_opening uuid, p_beacon_value text, p_beacon_proof text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_ages jsonb;
BEGIN
  PERFORM 1 FROM openings
    WHERE id = p_opening AND frozen_at IS NOT NULL AND drawn_at IS NULL AND opens_at <= clock_timestamp();
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  v_ages := count_account_ages(p_opening);
  UPDATE openings
     SET drawn_at = clock_timestamp(), beacon_value = p_beacon_value, beacon_proof = p_beacon_proof,
         account_ages = coalesce(account_ages, v_ages),
         order_seed = seed_order(
           entries_hash, reveal_secret(secret, count_cohorts(opens_at, gate_until, cohort_seconds)), p_beacon_value)
   WHERE id = p_opening AND frozen_at IS NOT NULL AND drawn_at IS NULL AND opens_at <= clock_timestamp();
  RETURN FOUND;
END
$$;

CREATE OR REPLACE FUNCTION draw_cohort(
  p_opening uuid, p_cohort integer, p_beacon_round bigint, p_beacon_value text, p_beacon_proof text
) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_secret bytea;
BEGIN
  SELECT reveal_secret(secret, count_cohorts(opens_at, gate_until, cohort_seconds) - p_cohort) INTO v_secret
    FROM openings WHERE id = p_opening AND drawn_at IS NOT NULL FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM opening_cohorts
                           WHERE opening_id = p_opening AND cohort < p_cohort AND drawn_at IS NULL) THEN
    RETURN false;
  END IF;
  UPDATE opening_cohorts
     SET drawn_at = clock_timestamp(), beacon_round = p_beacon_round, beacon_value = p_beacon_value,
         beacon_proof = p_beacon_proof, order_seed = seed_order(entries_hash, v_secret, p_beacon_value)
   WHERE opening_id = p_opening AND cohort = p_cohort AND drawn_at IS NULL;
  RETURN FOUND;
END
$$;

CREATE OR REPLACE FUNCTION end_draws(
  p_opening uuid, p_turns_end timestamptz, p_last_cohort integer, p_rates integer, p_most integer
) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_opening::text, 5));
  UPDATE openings o
     SET direct_from = date_trunc('milliseconds', clock_timestamp())
   WHERE o.id = p_opening AND o.direct_from IS NULL AND o.cohort_seconds IS NOT NULL AND o.drawn_at IS NOT NULL
     AND p_turns_end <= date_trunc('milliseconds', clock_timestamp())
     AND (SELECT count(*) FROM opening_rates r WHERE r.opening_id = o.id) = p_rates
     AND (SELECT coalesce(max(c.cohort), 0) FROM opening_cohorts c WHERE c.opening_id = o.id) = p_last_cohort
     AND NOT EXISTS (SELECT FROM opening_cohorts c WHERE c.opening_id = o.id AND c.drawn_at IS NULL)
     AND (SELECT count(*) FROM opening_entries e
           WHERE e.opening_id = o.id AND NOT e.in_lobby AND e.cohort > p_last_cohort) <= p_most;
  RETURN FOUND;
END
$$;

CREATE OR REPLACE FUNCTION keep_announced_opening() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.restaurant_id, NEW.service_date, NEW.lobby_opens_at, NEW.opens_at, NEW.gate_until, NEW.order_by,
      NEW.entry_by, NEW.secret, NEW.commitment, NEW.beacon, NEW.beacon_round, NEW.cohort_seconds)
     IS DISTINCT FROM
     (OLD.restaurant_id, OLD.service_date, OLD.lobby_opens_at, OLD.opens_at, OLD.gate_until, OLD.order_by,
      OLD.entry_by, OLD.secret, OLD.commitment, OLD.beacon, OLD.beacon_round, OLD.cohort_seconds)
     OR (OLD.entry_key IS NOT NULL AND NEW.entry_key IS DISTINCT FROM OLD.entry_key)
     OR (OLD.cancelled_at IS NOT NULL AND (NEW.cancelled_at, NEW.cancelled_for)
         IS DISTINCT FROM (OLD.cancelled_at, OLD.cancelled_for))
     OR (OLD.frozen_at IS NOT NULL AND (NEW.frozen_at, NEW.entry_count, NEW.entries_hash)
         IS DISTINCT FROM (OLD.frozen_at, OLD.entry_count, OLD.entries_hash))
     OR (OLD.drawn_at IS NOT NULL AND (NEW.drawn_at, NEW.order_seed, NEW.beacon_value)
         IS DISTINCT FROM (OLD.drawn_at, OLD.order_seed, OLD.beacon_value))
     OR NEW.closed_cohort < OLD.closed_cohort
     OR (OLD.direct_from IS NOT NULL AND NEW.direct_from IS DISTINCT FROM OLD.direct_from) THEN
    RAISE EXCEPTION 'an announced opening does not change' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'openings_announced_stays';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION describe_entry(p_entry opening_entries, p_is_new boolean) RETURNS jsonb
LANGUAGE sql STABLE
RETURN jsonb_build_object('entry', jsonb_build_object(
  'entryId', p_entry.entry_id, 'enteredAt', iso_instant(p_entry.entered_at), 'inLobby', p_entry.in_lobby,
  'number', p_entry.number, 'cohort', p_entry.cohort),
  'isNew', p_is_new);

CREATE OR REPLACE FUNCTION enter_opening(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}', p_received timestamptz DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_person record;
  v_opening record;
  v_entry opening_entries;
  v_number integer;
  v_cohort integer;
  v_at timestamptz;
  v_in_lobby boolean;
  v_id text := p_entry;
BEGIN
  SELECT email, email_confirmed_at IS NOT NULL AS confirmed,
         is_session_live(id, p_session_epoch, p_session) AS live
    INTO v_person
    FROM accounts WHERE id = p_account;
  IF v_person.live IS NOT TRUE THEN
    RETURN jsonb_build_object('reason', 'signed-out');
  ELSIF is_session_shared(p_session) THEN
    RETURN jsonb_build_object('reason', 'shared-tablet');
  END IF;

  SELECT * INTO v_entry FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account;
  IF FOUND THEN
    RETURN describe_entry(v_entry, false);
  ELSIF NOT v_person.confirmed THEN
    RETURN jsonb_build_object('reason', 'address-unconfirmed');
  END IF;

  PERFORM pg_advisory_xact_lock_shared(hashtextextended(p_opening::text, 5));
  -- Read after the lock: a freeze that has just ended is seen.
  SELECT o.lobby_opens_at, o.opens_at, o.gate_until, o.order_by, o.entry_by, o.entry_key, o.frozen_at IS NOT NULL AS frozen,
         o.cohort_seconds, o.closed_cohort, o.direct_from
    INTO v_opening
    FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
   WHERE o.id = p_opening AND o.cancelled_at IS NULL AND r.deleted_at IS NULL AND r.published;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('reason', 'not-found');
  END IF;
  -- Truncated, because an instant is kept in milliseconds and the last one of a lobby must not round to its end.
  v_at := date_trunc('milliseconds', clock_timestamp());
  IF v_opening.cohort_seconds IS NOT NULL AND p_received BETWEEN v_at - interval '2 seconds' AND v_at THEN
    v_at := date_trunc('milliseconds', p_received);
  END IF;
  IF clock_timestamp() < v_opening.lobby_opens_at THEN
    RETURN jsonb_build_object('reason', 'not-open-yet', 'opensAt', iso_instant(v_opening.lobby_opens_at));
  ELSIF v_at >= v_opening.gate_until THEN
    RETURN jsonb_build_object('reason', 'opening-over');
  END IF;
  -- A process knows this clock a round trip late.
  v_at := greatest(v_at, v_opening.lobby_opens_at);
  IF v_opening.entry_key IS NOT NULL THEN
    v_id := p_named #>> ARRAY[v_opening.entry_key, 'entry'];
    p_mailbox_key := decode(p_named #>> ARRAY[v_opening.entry_key, 'mailbox'], 'hex');
    IF v_id IS NULL THEN
      RETURN jsonb_build_object('reason', 'busy');
    END IF;
  END IF;
  IF v_opening.entry_by = 'MAILBOX' AND p_mailbox_key IS NOT NULL THEN
    v_id := name_mailbox_entry(p_mailbox_key, v_person.email);
    UPDATE opening_entries SET account_id = p_account
     WHERE opening_id = p_opening AND entry_id = v_id AND account_id IS NULL RETURNING * INTO v_entry;
    IF FOUND THEN
      RETURN describe_entry(v_entry, false);
    ELSIF EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND entry_id = v_id AND account_id <> p_account) THEN
      RETURN jsonb_build_object('reason', 'mailbox-entered');
    END IF;
  END IF;
  v_in_lobby := v_at < v_opening.opens_at AND NOT v_opening.frozen;
  IF v_opening.cohort_seconds IS NOT NULL THEN
    IF NOT v_in_lobby AND v_opening.direct_from IS NULL THEN
      v_cohort := 1 + floor(extract(epoch FROM v_at - v_opening.opens_at) / v_opening.cohort_seconds);
      IF v_cohort <= v_opening.closed_cohort THEN
        v_cohort := v_opening.closed_cohort + 1;
      END IF;
      v_at := greatest(v_at, v_opening.opens_at + make_interval(secs => (v_cohort - 1) * v_opening.cohort_seconds));
    END IF;
  ELSIF NOT v_in_lobby OR v_opening.order_by = 'ARRIVAL' THEN
    UPDATE openings SET last_number = last_number + 1 WHERE id = p_opening RETURNING last_number INTO v_number;
  END IF;
  INSERT INTO opening_entries (opening_id, account_id, entry_id, entered_at, in_lobby, number, cohort)
  VALUES (p_opening, p_account, v_id, v_at, v_in_lobby, v_number, v_cohort)
  -- Without a target: of two inserts at once the second may meet the entry's id, not the account.
  ON CONFLICT DO NOTHING
  RETURNING * INTO v_entry;
  IF NOT FOUND THEN
    -- A moment ago, by the same account or another of its mailbox; a number that was drawn for nothing
    -- is only a turn nobody takes.
    SELECT * INTO v_entry FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account;
    IF NOT FOUND THEN
      RETURN jsonb_build_object('reason', 'mailbox-entered');
    END IF;
    RETURN describe_entry(v_entry, false);
  END IF;
  RETURN describe_entry(v_entry, true);
END
$$;

CREATE OR REPLACE FUNCTION enter_opening_unbooked(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}', p_received timestamptz DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_booked uuid := find_booking_at_opening(p_opening, p_account);
  v_no_shows jsonb := (SELECT n.refusal FROM openings o
                        CROSS JOIN LATERAL judge_no_shows(p_diner => p_account, p_restaurant => o.restaurant_id) n
                        WHERE o.id = p_opening);
BEGIN
  IF (v_booked IS NOT NULL OR v_no_shows IS NOT NULL)
     AND is_session_live(p_account, p_session_epoch, p_session)
     AND NOT EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account) THEN
    IF v_booked IS NULL THEN
      RETURN v_no_shows;
    END IF;
    RETURN jsonb_build_object('reason', 'already-booked', 'reservationId', v_booked);
  END IF;
  RETURN enter_opening(p_opening, p_account, p_session_epoch, p_entry, p_mailbox_key, p_session, p_named, p_received);
END
$$;

CREATE OR REPLACE FUNCTION enter_opening_together(p_opening uuid, p_entrants jsonb) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_entrant record;
  v_numbered boolean := (SELECT order_by = 'ARRIVAL' OR (cohort_seconds IS NULL AND opens_at <= clock_timestamp())
                           FROM openings WHERE id = p_opening);
  v_answers jsonb[] := array_fill(NULL::jsonb, ARRAY[jsonb_array_length(p_entrants)]);
BEGIN
  FOR v_entrant IN
    SELECT e.*, n.place
      FROM jsonb_array_elements(p_entrants) WITH ORDINALITY AS n(entrant, place)
      CROSS JOIN LATERAL jsonb_to_record(n.entrant)
        AS e(account uuid, epoch integer, session uuid, entry text, mailbox text, named text, received timestamptz)
     ORDER BY CASE WHEN v_numbered THEN n.place END, e.account, n.place
  LOOP
    v_answers[v_entrant.place] := enter_opening_unbooked(
      p_opening, v_entrant.account, v_entrant.epoch, v_entrant.entry, decode(v_entrant.mailbox, 'hex'),
      v_entrant.session, v_entrant.named::jsonb, v_entrant.received);
  END LOOP;
  RETURN to_jsonb(v_answers);
END
$$;
