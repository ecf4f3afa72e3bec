-- A notice as it goes out now. The row keeps what was promised: times, tables, party, terms, the
-- sequence. Read anew at each attempt are the address and language of its reader, the names of
-- people, and how the restaurant is found and reached. A kiosk ticket's own contact is its person, and the
-- guest for whom staff booked that of a reservation without an account.
--
-- `recipient` null: nobody is to get it any more (the mailed link ended with its address, an owner
-- left the restaurant, an invitation is over, a ticket has no contact, a guest is forgotten).
--
-- A name stands in a notice only while its person has confirmed their address, for until then a
-- stranger may have typed it; to such a mailbox no words of its account are sent either. Nor are
-- anybody else's: to an address that nobody has confirmed, an invitation names neither inviter nor
-- restaurant, a kiosk's ticket says no reason, and a guest's mail no name, words or reason; the mail's
-- link shows them.
--
-- A restaurant that an admin has hidden reaches nobody through us. The diners it has only hear, and
-- without its words, that what they have is over.
--
-- Called once for each notice that the outbox claims.
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

  -- A booking's notice keeps its promise alone, as far as it isn't every new booking's. Its time zone stays as long as there is a seating to come.
  IF p_kind LIKE 'RESERVATION_%' AND payload ? 'startsAt' AND NOT payload ? 'restaurant' THEN
    SELECT r.time_zone INTO v FROM restaurants r WHERE r.id = p_restaurant;
    payload := jsonb_build_object('reservationId', p_subject, 'status', CASE p_kind WHEN 'RESERVATION_HELD' THEN 'HELD' ELSE 'CONFIRMED' END,
                                  'sequence', 0, 'awaitsStaff', false, 'note', NULL, 'allergies', NULL, 'dinerName', NULL, 'isGuest', false,
                                  'restaurant', jsonb_build_object('timeZone', v.time_zone)) || payload;
  END IF;

  SELECT a.email, a.locale, a.email_confirmed_at IS NOT NULL AS confirmed,
         CASE WHEN a.email_confirmed_at IS NOT NULL THEN a.name END AS name
    INTO v_person FROM accounts a WHERE a.id = p_account;
  IF FOUND THEN
    locale := v_person.locale;
    IF p_kind = 'OPENING_TURN' AND p_channel = 'PUSH' THEN
      -- It is worth nothing in a mailbox.
      recipient := 'device';
    ELSIF NOT is_kept_by_mailbox(p_kind) THEN
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
      SELECT coalesce(a.name, g.name) AS name INTO v
        FROM reservations w LEFT JOIN guests g ON g.id = w.guest_id
        LEFT JOIN accounts a ON a.id = w.diner_id AND a.email_confirmed_at IS NOT NULL
       WHERE w.id = p_subject;
      payload := payload || jsonb_build_object('dinerName', v.name);
    END IF;
  ELSIF p_kind LIKE 'RESERVATION_%' AND p_account IS NULL THEN
    SELECT g.email, g.locale, g.name, EXISTS (
             SELECT FROM accounts a WHERE a.email = g.email AND a.email_confirmed_at IS NOT NULL) AS confirmed
      INTO v FROM reservations w LEFT JOIN guests g ON g.id = w.guest_id AND w.tells_guest WHERE w.id = p_subject;
    IF FOUND THEN
      recipient := v.email;
      locale := coalesce(v.locale, locale);
      payload := payload || CASE WHEN v.confirmed THEN jsonb_build_object('dinerName', v.name)
                                 ELSE '{"dinerName": null, "note": null, "allergies": null, "reason": null}' END;
    END IF;
  ELSIF p_kind LIKE 'TICKET_%' AND p_account IS NULL THEN
    SELECT t.contact_email, t.locale INTO v FROM tickets t WHERE t.id = p_subject;
    IF FOUND THEN
      recipient := CASE p_channel WHEN 'PUSH' THEN coalesce(v.contact_email, 'device') ELSE v.contact_email END;
      locale := v.locale;
      IF p_channel = 'MAIL' THEN
        payload := payload || '{"reason": null}';
      END IF;
    END IF;
  ELSIF p_kind IN ('CONFIRM_ADDRESS', 'SIGN_IN_LINK', 'RESET_PASSWORD', 'PROOF_CODE') THEN
    -- Such a link works only for the address that the account had.
    IF EXISTS (SELECT FROM account_links l WHERE l.id = p_subject AND l.email <> v_person.email) THEN
      recipient := NULL;
    END IF;
  ELSIF p_kind = 'ALREADY_REGISTERED' AND recipient <> v_person.email THEN
    recipient := NULL;
  ELSIF p_kind = 'STAFF_INVITED' THEN
    SELECT i.email, i.accepted_at IS NOT NULL OR i.revoked_at IS NOT NULL OR i.expires_at <= now() AS over,
           i.invited_by, b.name, b.email_confirmed_at IS NOT NULL AS confirmed, a.locale,
           a.email_confirmed_at IS NOT NULL AS known
      INTO v
      FROM staff_invitations i LEFT JOIN accounts b ON b.id = i.invited_by LEFT JOIN accounts a ON a.email = i.email
     WHERE i.id = p_subject;
    IF FOUND THEN
      recipient := CASE WHEN NOT v.over THEN v.email END;
      locale := coalesce(v.locale, p_locale);
      IF v.invited_by IS NOT NULL THEN
        payload := payload || jsonb_build_object('inviterName', CASE WHEN v.confirmed THEN v.name END);
      END IF;
      IF NOT v.known THEN
        payload := payload || '{"inviterName": null, "restaurant": null}';
      END IF;
    END IF;
  ELSIF p_kind = 'DAY_SHEET' AND p_restaurant IS NOT NULL AND payload ? 'reservations' THEN
    IF NOT EXISTS (
         SELECT FROM restaurant_staff w JOIN accounts a ON a.id = w.account_id AND a.owner_approved_at IS NOT NULL
          WHERE w.restaurant_id = p_restaurant AND w.account_id = p_account AND w.role = 'OWNER' AND w.wants_day_sheet) THEN
      recipient := NULL;
    END IF;
    payload := payload || jsonb_build_object('reservations', (
      SELECT coalesce(jsonb_agg(CASE WHEN party ? 'accountId' THEN party || jsonb_build_object('dinerName', coalesce(a.name, g.name)) ELSE party END
                                ORDER BY p.ordinal), '[]')
        FROM jsonb_array_elements(payload -> 'reservations') WITH ORDINALITY AS p (party, ordinal)
        LEFT JOIN guests g ON g.id = (party ->> 'guestId')::uuid
        LEFT JOIN accounts a ON a.id = (party ->> 'accountId')::uuid AND a.email_confirmed_at IS NOT NULL));
  END IF;

  IF p_kind = 'TICKET_THIRD' THEN
    -- Others may have left since; the notice says how many are in front now.
    SELECT ticket_place(t.restaurant_id, t.service_date, t.rank, now()) AS place INTO v FROM tickets t WHERE t.id = p_subject;
    IF FOUND THEN
      payload := payload || jsonb_build_object('place', v.place);
    END IF;
  END IF;

  IF jsonb_typeof(payload -> 'restaurant') = 'object' THEN
    SELECT jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address, 'phone', r.phone) AS facts
      INTO v FROM restaurants r WHERE r.id = p_restaurant;
    IF FOUND THEN
      payload := payload || jsonb_build_object('restaurant', (payload -> 'restaurant') || v.facts);
    END IF;
  END IF;

  IF p_channel <> 'SLACK' AND p_kind ~ '^(RESERVATION|TICKET|STAFF|OPENING)_'
     AND EXISTS (SELECT FROM restaurants r WHERE r.id = p_restaurant AND r.hidden_at IS NOT NULL) THEN
    IF (p_account IS NULL AND p_kind LIKE 'TICKET_%') OR p_kind NOT IN ('RESERVATION_CANCELLED', 'RESERVATION_EXPIRED', 'TICKET_CANCELLED', 'TICKET_LAPSED', 'OPENING_CANCELLED') THEN
      recipient := NULL;
    ELSIF payload ? 'reason' THEN
      payload := payload || '{"reason": null}';
    END IF;
  END IF;
END
$$;
