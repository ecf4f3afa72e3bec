-- Enters an account in one round trip, as its own transaction: one row per account, and the same
-- row for a second call. The end of the lobby, and of each cohort, is judged here, under a lock that the
-- freeze waits for, so that no account enters a frozen lobby. Locks the opening shared (an advisory lock),
-- and its row only when a number is given.
--
-- An entry counts by `p_received`, when its process received it, if that lies within the two seconds before
-- this database's clock, read after the lock; otherwise by that clock. A lobby and a cohort freeze two
-- seconds after their end, so neither can be entered once it is frozen: what meets a frozen one goes to the
-- next. Where latecomers are numbered, and where the order is that of arrival, the clock alone counts.
-- After `direct_from` every drawn turn has come, and there are no cohorts any more.
--
-- The entry's id is named by the mailbox of the account's present address, with `p_mailbox_key`
-- (name_mailbox_entry): one draw a mailbox (G13). An opening announced before that takes `p_entry`,
-- which is named by the account. The entry of an account deleted since goes to the next one of its
-- mailbox, as it is.
--
-- `p_named` has both by each key that the caller has, and the opening's own key picks. `p_entry` and
-- `p_mailbox_key` are for an opening that names no key, because it was announced before they did.
--
-- Returns {"entry": …, "isNew": bool} or {"reason": …}: not-found, signed-out, shared-tablet, address-unconfirmed,
-- mailbox-entered (another account of the mailbox has), not-open-yet (the lobby), opening-over, busy (the
-- caller lacks the opening's key).
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
