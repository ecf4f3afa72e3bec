-- Why a reservation's notice is no longer true; null: it still is. A hold counts as expired from
-- its deadline on, before the sweep has recorded it.
CREATE OR REPLACE FUNCTION reservation_notice_overtaken_by(p_kind text, p_reservation uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v record;
BEGIN
  SELECT s.status, s.starts_at <= now() AS begun, coalesce(s.hold_expires_at <= now(), true) AS run_out,
         now() >= (s.service_date + time '00:00') AT TIME ZONE r.time_zone AS is_day
    INTO v
    FROM reservations s JOIN restaurants r ON r.id = s.restaurant_id
   WHERE s.id = p_reservation;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  RETURN CASE p_kind
    WHEN 'RESERVATION_CONFIRMED' THEN
      CASE WHEN v.status IN ('CANCELLED', 'EXPIRED') THEN lower(v.status::text) END
    WHEN 'RESERVATION_CHANGED' THEN
      CASE WHEN v.status IN ('CANCELLED', 'EXPIRED') THEN lower(v.status::text)
           WHEN v.status = 'HELD' AND v.run_out THEN 'expired' END
    -- Staff have corrected it.
    WHEN 'RESERVATION_CANCELLED' THEN
      CASE WHEN v.status <> 'CANCELLED' THEN 'stands' END
    WHEN 'RESERVATION_HELD' THEN
      CASE WHEN v.status <> 'HELD' THEN lower(v.status::text) WHEN v.run_out THEN 'expired' END
    WHEN 'RESERVATION_NO_SHOW' THEN
      CASE WHEN v.status <> 'NO_SHOW' THEN lower(v.status::text) END
    ELSE
      CASE WHEN v.status <> 'CONFIRMED' THEN lower(v.status::text)
           WHEN v.begun OR (p_kind = 'RESERVATION_TOMORROW' AND v.is_day) THEN 'past' END
    END;
END
$$;
