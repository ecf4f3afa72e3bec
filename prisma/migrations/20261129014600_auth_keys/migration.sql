-- What a key of AUTH_SECRET has signed stays verifiable when the key is retired, and rows name the
-- key they need.
CREATE TABLE auth_keys (
  key_id text NOT NULL,
  public_key text NOT NULL,
  published_at timestamptz(3) NOT NULL DEFAULT now(),
  last_signed_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT auth_keys_pkey PRIMARY KEY (key_id),
  CONSTRAINT auth_keys_id_shape CHECK (key_id ~ '^[0-9a-f]{8}$'),
  CONSTRAINT auth_keys_public_key_shape CHECK (public_key ~ '^[A-Za-z0-9_-]{43}$')
);
CREATE UNIQUE INDEX auth_keys_public_key_key ON auth_keys (public_key);

CREATE OR REPLACE FUNCTION keep_published_key() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (NEW.key_id, NEW.public_key, NEW.published_at) IS DISTINCT FROM (OLD.key_id, OLD.public_key, OLD.published_at) THEN
    RAISE EXCEPTION 'a published key stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'auth_keys_stay';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER auth_keys_stay BEFORE UPDATE OR DELETE ON auth_keys FOR EACH ROW
  EXECUTE FUNCTION keep_published_key();

ALTER TABLE openings
  ADD COLUMN entry_key text,
  ADD CONSTRAINT openings_entry_key_fkey FOREIGN KEY (entry_key) REFERENCES auth_keys (key_id) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE OR REPLACE FUNCTION keep_announced_opening() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.restaurant_id, NEW.service_date, NEW.lobby_opens_at, NEW.opens_at, NEW.gate_until, NEW.order_by,
      NEW.entry_by, NEW.secret, NEW.commitment, NEW.beacon, NEW.beacon_round)
     IS DISTINCT FROM
     (OLD.restaurant_id, OLD.service_date, OLD.lobby_opens_at, OLD.opens_at, OLD.gate_until, OLD.order_by,
      OLD.entry_by, OLD.secret, OLD.commitment, OLD.beacon, OLD.beacon_round)
     OR (OLD.entry_key IS NOT NULL AND NEW.entry_key IS DISTINCT FROM OLD.entry_key)
     OR (OLD.cancelled_at IS NOT NULL AND (NEW.cancelled_at, NEW.cancelled_for)
         IS DISTINCT FROM (OLD.cancelled_at, OLD.cancelled_for))
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

DROP FUNCTION enter_opening_unbooked(uuid, uuid, integer, text, bytea, uuid);
DROP FUNCTION enter_opening(uuid, uuid, integer, text, bytea, uuid);

CREATE OR REPLACE FUNCTION enter_opening(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}'
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_person record;
  v_opening record;
  v_entry record;
  v_number integer;
  v_in_lobby boolean;
  v_id text := p_entry;
BEGIN
  SELECT email, email_confirmed_at IS NOT NULL AS confirmed,
         is_session_live(id, p_session_epoch, p_session) AS live
    INTO v_person
    FROM accounts WHERE id = p_account;
  IF v_person.live IS NOT TRUE THEN
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
  SELECT o.lobby_opens_at, o.opens_at, o.gate_until, o.order_by, o.entry_by, o.entry_key, o.frozen_at IS NOT NULL AS frozen
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
      RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
    ELSIF EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND entry_id = v_id AND account_id <> p_account) THEN
      RETURN jsonb_build_object('reason', 'mailbox-entered');
    END IF;
  END IF;
  v_in_lobby := clock_timestamp() < v_opening.opens_at AND NOT v_opening.frozen;
  IF NOT v_in_lobby OR v_opening.order_by = 'ARRIVAL' THEN
    UPDATE openings SET last_number = last_number + 1 WHERE id = p_opening RETURNING last_number INTO v_number;
  END IF;
  INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, number)
  VALUES (p_opening, p_account, v_id, v_in_lobby, v_number)
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
    RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, false);
  END IF;
  RETURN describe_entry(v_entry.entry_id, v_entry.entered_at, v_entry.in_lobby, v_entry.number, true);
END
$$;

CREATE OR REPLACE FUNCTION enter_opening_unbooked(
  p_opening uuid, p_account uuid, p_session_epoch integer, p_entry text, p_mailbox_key bytea DEFAULT NULL,
  p_session uuid DEFAULT NULL, p_named jsonb DEFAULT '{}'
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_booked uuid := find_booking_at_opening(p_opening, p_account);
BEGIN
  IF v_booked IS NOT NULL
     AND is_session_live(p_account, p_session_epoch, p_session)
     AND NOT EXISTS (SELECT FROM opening_entries WHERE opening_id = p_opening AND account_id = p_account) THEN
    RETURN jsonb_build_object('reason', 'already-booked', 'reservationId', v_booked);
  END IF;
  RETURN enter_opening(p_opening, p_account, p_session_epoch, p_entry, p_mailbox_key, p_session, p_named);
END
$$;
