-- Locks guests against writes while it reads the table once; staff's phone bookings meanwhile wait. Small
-- deployments only: a book of a million guests takes a minute or two.
CREATE INDEX guests_words ON guests USING gin (guest_words(restaurant_id, name, phone));
