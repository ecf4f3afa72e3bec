-- What a notice promises of a reservation, as it stands at this instant. Names and contact facts are
-- not promised: notice_facts reads them when the notice is sent.
CREATE OR REPLACE FUNCTION reservation_promise(p_reservation reservations) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'status', p_reservation.status, 'serviceDate', p_reservation.service_date,
    'startsAt', iso_instant(p_reservation.starts_at), 'endsAt', iso_instant(p_reservation.ends_at),
    'partySize', p_reservation.party_size, 'note', p_reservation.note, 'allergies', p_reservation.allergies,
    'sequence', p_reservation.sequence, 'holdExpiresAt', iso_instant(p_reservation.hold_expires_at),
    'awaitsStaff', p_reservation.awaits_staff, 'cancelledBy', p_reservation.cancelled_by)
$$;
