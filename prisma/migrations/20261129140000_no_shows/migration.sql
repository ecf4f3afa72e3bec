-- Each locks its table exclusively for an instant: the columns have no default. The checks are not
-- verified on rows from before, in which the columns are empty.
ALTER TABLE restaurants
  ADD COLUMN no_show_limit smallint,
  ADD COLUMN no_show_months smallint,
  ADD CONSTRAINT restaurants_no_show_limit_range CHECK (no_show_limit BETWEEN 1 AND 10) NOT VALID,
  ADD CONSTRAINT restaurants_no_show_months_range CHECK (no_show_months BETWEEN 1 AND 24) NOT VALID,
  ADD CONSTRAINT restaurants_no_show_rule_whole CHECK (num_nonnulls(no_show_limit, no_show_months) <> 1) NOT VALID;
ALTER TABLE reservations
  ADD COLUMN disputed_at timestamptz(3),
  ADD COLUMN dispute_text text,
  ADD COLUMN dispute_decided_at timestamptz(3),
  ADD COLUMN dispute_granted boolean,
  ADD CONSTRAINT reservations_dispute_length CHECK (char_length(dispute_text) BETWEEN 1 AND 300) NOT VALID,
  ADD CONSTRAINT reservations_dispute_has_time CHECK (dispute_text IS NULL OR disputed_at IS NOT NULL) NOT VALID,
  ADD CONSTRAINT reservations_decision_whole CHECK (num_nonnulls(dispute_decided_at, dispute_granted) <> 1) NOT VALID,
  ADD CONSTRAINT reservations_decision_of_dispute CHECK (dispute_decided_at IS NULL OR disputed_at IS NOT NULL) NOT VALID;

-- The no-shows that count against a diner at one restaurant. Locks reservations against writes while it
-- reads the table once; bookings meanwhile wait, or are told to try again.
CREATE INDEX reservations_no_shows_idx ON reservations (diner_id, restaurant_id, service_date)
  WHERE status = 'NO_SHOW' AND dispute_granted IS NOT TRUE;
-- No rows yet.
CREATE INDEX reservations_disputed_idx ON reservations (restaurant_id, disputed_at) WHERE disputed_at IS NOT NULL;
