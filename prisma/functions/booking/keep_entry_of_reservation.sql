-- Keeps the entry with which a diner booked: the opening's order can still be checked, without a
-- name.
CREATE OR REPLACE FUNCTION keep_entry_of_reservation() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  SELECT e.entry_id INTO NEW.entry_id
    FROM openings o JOIN opening_entries e ON e.opening_id = o.id AND e.account_id = OLD.diner_id
   WHERE o.restaurant_id = OLD.restaurant_id AND o.service_date = OLD.service_date AND o.cancelled_at IS NULL;
  RETURN NEW;
END
$$;
