-- Locks guests against writes while it reads the table once; staff's phone bookings meanwhile wait: some
-- seconds for a million guests.
CREATE INDEX guests_name_idx ON guests (restaurant_id, typed_key(name) text_pattern_ops);
