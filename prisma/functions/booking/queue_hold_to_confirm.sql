-- Mails a restaurant's owners that a hold waits for staff, in the caller's transaction: nobody need have
-- its date open on a board. The mail names no guest. One that is not needed any more once it is sent
-- (notice_overtaken_by) is dropped.
CREATE OR REPLACE FUNCTION queue_hold_to_confirm(p_reservation uuid, p_event uuid) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, give_up_at, payload)
  SELECT p_event, 'HOLD_TO_CONFIRM', a.id, r.id, v.id, a.email, a.locale, v.hold_expires_at, jsonb_build_object(
           'reservationId', v.id, 'serviceDate', v.service_date, 'startsAt', iso_instant(v.starts_at),
           'partySize', v.party_size, 'holdExpiresAt', iso_instant(v.hold_expires_at),
           'restaurant', jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'timeZone', r.time_zone))
    FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
    JOIN restaurant_staff w ON w.restaurant_id = r.id AND w.role = 'OWNER'
    JOIN accounts a ON a.id = w.account_id AND a.email_confirmed_at IS NOT NULL AND a.owner_approved_at IS NOT NULL
   WHERE v.id = p_reservation
$$;
