-- The reservation that keeps an account from booking the date of an opening (G2), or null. Locks
-- nothing; the unique index on reservations stays the judge.
CREATE OR REPLACE FUNCTION find_booking_at_opening(p_opening uuid, p_account uuid) RETURNS uuid
LANGUAGE sql STABLE
RETURN (
  SELECT r.id
    FROM openings o
    JOIN reservations r ON r.restaurant_id = o.restaurant_id AND r.service_date = o.service_date
   WHERE o.id = p_opening AND r.diner_id = p_account
     AND is_reservation_coming(r.status, r.hold_expires_at, now())
   LIMIT 1);
