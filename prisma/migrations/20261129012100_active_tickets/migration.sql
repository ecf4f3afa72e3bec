CREATE OR REPLACE FUNCTION is_ticket_active(p_status ticket_status) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED');

-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION is_ticket_active_at(p_status ticket_status, p_lapses_at timestamptz, p_at timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN is_ticket_active(p_status) AND ticket_status_at(p_status, p_lapses_at, p_at) <> 'LAPSED';

-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION count_ticket() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_active integer := 0;
  v_ahead integer := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    v_active := -is_ticket_active(OLD.status)::integer;
    v_ahead := -(OLD.status IN ('WAITING', 'POSTPONED') AND OLD.dining = 'IN_STORE')::integer;
  END IF;
  v_active := v_active + is_ticket_active(NEW.status)::integer;
  v_ahead := v_ahead + (NEW.status IN ('WAITING', 'POSTPONED') AND NEW.dining = 'IN_STORE')::integer;
  IF v_active <> 0 OR v_ahead <> 0 THEN
    UPDATE lines SET active = active + v_active, ahead = ahead + v_ahead, last_number = greatest(last_number, NEW.number)
     WHERE restaurant_id = NEW.restaurant_id AND service_date = NEW.service_date;
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION describe_ticket(p_ticket uuid) RETURNS jsonb
LANGUAGE sql STABLE
RETURN (SELECT jsonb_build_object(
  'id', t.id, 'number', t.number, 'status', ticket_status_at(t.status, t.lapses_at, clock_timestamp()),
  'place', CASE WHEN is_ticket_active_at(t.status, t.lapses_at, clock_timestamp())
    THEN ticket_place(t.restaurant_id, t.service_date, t.rank, clock_timestamp()) END,
  'serviceDate', t.service_date, 'partySize', t.party_size,
  'quote', CASE WHEN t.quote_from_minutes IS NOT NULL THEN
    jsonb_build_object('fromMinutes', t.quote_from_minutes, 'toMinutes', t.quote_to_minutes) END)
  FROM tickets t WHERE t.id = p_ticket);

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
            OR (is_ticket_active(status) AND channel = 'ONLINE' AND account_id IS NULL))
       AND (lapses_at <= v_now OR (channel = 'ONLINE' AND account_id IS NULL)) AND NOT v_is_past
    UNION ALL
    SELECT id, status, rank, status = 'LAST_CALLED' AND lapses_at <= v_now
      FROM tickets
     WHERE v_is_past AND restaurant_id = p_restaurant AND service_date = p_date
       AND is_ticket_active(status)
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
      PERFORM tell_third(p_restaurant, p_date, v_over.id, v_over.rank, v_event, v_now, v_now);
    END IF;
  END LOOP;
  -- What the caller does comes after what was just written.
  RETURN v_now + CASE WHEN v_has_written THEN interval '1 ms' ELSE interval '0' END;
END
$$;

CREATE OR REPLACE FUNCTION tell_third(
  p_restaurant uuid, p_date date, p_ticket uuid, p_from numeric, p_event uuid, p_at timestamptz, p_due_at timestamptz
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_third record;
BEGIN
  SELECT id, rank, status, third_told_by INTO v_third FROM tickets
   WHERE restaurant_id = p_restaurant AND service_date = p_date
     AND is_ticket_active_at(status, lapses_at, p_at)
     AND (channel = 'KIOSK' OR account_id IS NOT NULL)
   ORDER BY rank OFFSET 2 LIMIT 1;
  IF NOT FOUND OR v_third.status NOT IN ('WAITING', 'POSTPONED') OR v_third.id = p_ticket THEN
    RETURN;
  ELSIF p_ticket IS NOT NULL AND (p_from > v_third.rank OR EXISTS (
      SELECT FROM tickets
       WHERE id = p_ticket AND is_ticket_active(status) AND rank < v_third.rank)) THEN
    RETURN;
  ELSIF v_third.third_told_by IS NOT NULL AND NOT EXISTS (
      SELECT FROM notices
       WHERE subject_id = v_third.id AND kind = 'TICKET_THIRD' AND event_id = v_third.third_told_by
      HAVING bool_and(state = 'DROPPED')) THEN
    RETURN;
  END IF;
  UPDATE tickets SET third_told_by = p_event WHERE id = v_third.id;
  PERFORM queue_ticket_notice(v_third.id, p_event, 'TICKET_THIRD', p_due_at, 3);
END
$$;

CREATE OR REPLACE FUNCTION ticket_place(p_restaurant uuid, p_date date, p_rank numeric, p_at timestamptz) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT count(*)::integer + 1 FROM tickets
         WHERE restaurant_id = p_restaurant AND service_date = p_date AND rank < p_rank
           AND is_ticket_active_at(status, lapses_at, p_at)
           AND (channel = 'KIOSK' OR account_id IS NOT NULL));
