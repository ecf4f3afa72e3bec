-- The history of notices, newest first: all of them, and those of one restaurant.
CREATE INDEX notices_ordinal_idx ON notices (ordinal);
CREATE INDEX notices_house_idx ON notices (restaurant_id, ordinal) WHERE restaurant_id IS NOT NULL;
