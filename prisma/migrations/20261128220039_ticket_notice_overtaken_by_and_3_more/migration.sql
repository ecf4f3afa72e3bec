-- Written by npm run db:function.

DROP FUNCTION tell_third(uuid,date,uuid,timestamp with time zone);

CREATE OR REPLACE FUNCTION ticket_notice_overtaken_by(p_kind text, p_ticket uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_status text;
  v_place integer;
BEGIN
  SELECT lower(ticket_status_at(status, lapses_at, now())::text),
         CASE p_kind WHEN 'TICKET_THIRD' THEN ticket_place(restaurant_id, service_date, rank, now()) END
    INTO v_status, v_place
    FROM tickets WHERE id = p_ticket;
  RETURN CASE
    WHEN p_kind IN ('TICKET_TAKEN', 'TICKET_THIRD', 'TICKET_POSTPONED') AND v_status NOT IN ('waiting', 'postponed') THEN v_status
    WHEN p_kind = 'TICKET_THIRD' AND v_place > 3 THEN 'not_third'
    WHEN p_kind = 'TICKET_CALLED' AND v_status <> 'called' THEN v_status
    WHEN p_kind = 'TICKET_LAST_CALLED' AND v_status <> 'last_called' THEN v_status
    WHEN p_kind = 'TICKET_LAPSED' AND v_status <> 'lapsed' THEN v_status
    END;
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
     AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
     AND (channel = 'KIOSK' OR account_id IS NOT NULL)
     AND NOT (status = 'LAST_CALLED' AND lapses_at <= p_at)
   ORDER BY rank OFFSET 2 LIMIT 1;
  IF NOT FOUND OR v_third.status NOT IN ('WAITING', 'POSTPONED') OR v_third.id = p_ticket THEN
    RETURN;
  ELSIF p_ticket IS NOT NULL AND (p_from > v_third.rank OR EXISTS (
      SELECT FROM tickets
       WHERE id = p_ticket AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED') AND rank < v_third.rank)) THEN
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
      PERFORM tell_third(p_restaurant, p_date, v_over.id, v_over.rank, v_event, v_now, v_now);
    END IF;
  END LOOP;
  -- What the caller does comes after what was just written.
  RETURN v_now + CASE WHEN v_has_written THEN interval '1 ms' ELSE interval '0' END;
END
$$;

CREATE OR REPLACE FUNCTION notice_facts(
  p_kind text, p_channel text, p_subject uuid, p_account uuid, p_restaurant uuid, p_recipient text, p_locale text, p_payload jsonb,
  OUT recipient text, OUT locale text, OUT payload jsonb
)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_person record;
  v record;
BEGIN
  recipient := p_recipient;
  locale := p_locale;
  payload := p_payload;

  SELECT a.email, a.locale, a.email_confirmed_at IS NOT NULL AS confirmed,
         CASE WHEN a.email_confirmed_at IS NOT NULL THEN a.name END AS name
    INTO v_person FROM accounts a WHERE a.id = p_account;
  IF FOUND THEN
    locale := v_person.locale;
    IF NOT is_kept_by_mailbox(p_kind) THEN
      recipient := v_person.email;
    END IF;
    IF payload ? 'accountName' THEN
      payload := payload || jsonb_build_object('accountName', v_person.name);
    END IF;
    IF p_kind LIKE 'OWNER_%' THEN
      payload := payload || jsonb_build_object('email', v_person.email);
    ELSIF p_kind LIKE 'RESERVATION_%' AND payload ? 'dinerName' THEN
      payload := payload || jsonb_build_object('dinerName', v_person.name)
        || CASE WHEN v_person.confirmed THEN '{}' ELSE '{"note": null, "allergies": null}' END::jsonb;
    END IF;
  END IF;

  IF p_channel = 'SLACK' THEN
    SELECT h.locale INTO v FROM slack_hooks h WHERE h.restaurant_id = p_restaurant;
    locale := coalesce(v.locale, locale);
    IF p_kind LIKE 'RESERVATION_%' AND payload ? 'dinerName' THEN
      SELECT a.name INTO v FROM reservations w JOIN accounts a ON a.id = w.diner_id AND a.email_confirmed_at IS NOT NULL
       WHERE w.id = p_subject;
      payload := payload || jsonb_build_object('dinerName', v.name);
    END IF;
  ELSIF p_kind LIKE 'TICKET_%' AND p_account IS NULL THEN
    SELECT t.contact_email, t.locale INTO v FROM tickets t WHERE t.id = p_subject;
    IF FOUND THEN
      recipient := CASE p_channel WHEN 'PUSH' THEN coalesce(v.contact_email, 'device') ELSE v.contact_email END;
      locale := v.locale;
    END IF;
  ELSIF p_kind IN ('CONFIRM_ADDRESS', 'SIGN_IN_LINK', 'RESET_PASSWORD') THEN
    -- Such a link works only for the address that the account had.
    IF EXISTS (SELECT FROM account_links l WHERE l.id = p_subject AND l.email <> v_person.email) THEN
      recipient := NULL;
    END IF;
  ELSIF p_kind = 'ALREADY_REGISTERED' AND recipient <> v_person.email THEN
    recipient := NULL;
  ELSIF p_kind = 'STAFF_INVITED' THEN
    SELECT i.email, i.accepted_at IS NOT NULL OR i.revoked_at IS NOT NULL OR i.expires_at <= now() AS over,
           i.invited_by, b.name, b.email_confirmed_at IS NOT NULL AS confirmed, a.locale
      INTO v
      FROM staff_invitations i LEFT JOIN accounts b ON b.id = i.invited_by LEFT JOIN accounts a ON a.email = i.email
     WHERE i.id = p_subject;
    IF FOUND THEN
      recipient := CASE WHEN NOT v.over THEN v.email END;
      locale := coalesce(v.locale, p_locale);
      IF v.invited_by IS NOT NULL THEN
        payload := payload || jsonb_build_object('inviterName', CASE WHEN v.confirmed THEN v.name END);
      END IF;
    END IF;
  ELSIF p_kind = 'DAY_SHEET' AND p_restaurant IS NOT NULL AND payload ? 'reservations' THEN
    IF NOT EXISTS (
         SELECT FROM restaurant_staff w JOIN accounts a ON a.id = w.account_id AND a.owner_approved_at IS NOT NULL
          WHERE w.restaurant_id = p_restaurant AND w.account_id = p_account AND w.role = 'OWNER' AND w.wants_day_sheet) THEN
      recipient := NULL;
    END IF;
    payload := payload || jsonb_build_object('reservations', (
      SELECT coalesce(jsonb_agg(CASE WHEN party ? 'accountId' THEN party || jsonb_build_object('dinerName', a.name) ELSE party END
                                ORDER BY p.ordinal), '[]')
        FROM jsonb_array_elements(payload -> 'reservations') WITH ORDINALITY AS p (party, ordinal)
        LEFT JOIN accounts a ON a.id = (party ->> 'accountId')::uuid AND a.email_confirmed_at IS NOT NULL));
  END IF;

  IF p_kind = 'TICKET_THIRD' THEN
    -- Others may have left since; the notice says how many are in front now.
    SELECT ticket_place(t.restaurant_id, t.service_date, t.rank, now()) AS place INTO v FROM tickets t WHERE t.id = p_subject;
    IF FOUND THEN
      payload := payload || jsonb_build_object('place', v.place);
    END IF;
  END IF;

  IF payload ? 'restaurant' THEN
    SELECT jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address, 'phone', r.phone) AS facts
      INTO v FROM restaurants r WHERE r.id = p_restaurant;
    IF FOUND THEN
      payload := payload || jsonb_build_object('restaurant', (payload -> 'restaurant') || v.facts);
    END IF;
  END IF;
END
$$;
