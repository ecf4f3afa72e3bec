-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION lock_line(p_restaurant uuid, p_date date) RETURNS timestamptz
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
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
