CREATE TABLE guests (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  name text NOT NULL,
  phone text,
  email text,
  locale text NOT NULL DEFAULT 'ko',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT guests_pkey PRIMARY KEY (id),
  CONSTRAINT guests_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT guests_name_length CHECK (char_length(name) BETWEEN 1 AND 50),
  CONSTRAINT guests_phone_shape CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  CONSTRAINT guests_email_lower_case CHECK (email = lower(email)),
  CONSTRAINT guests_locale_known CHECK (locale IN ('ko', 'en'))
);
CREATE UNIQUE INDEX guests_id_restaurant_key ON guests (id, restaurant_id);
CREATE UNIQUE INDEX guests_one_per_phone ON guests (restaurant_id, phone) WHERE phone IS NOT NULL;
CREATE UNIQUE INDEX guests_one_per_mailbox ON guests (restaurant_id, email) WHERE phone IS NULL AND email IS NOT NULL;
CREATE INDEX guests_restaurant_idx ON guests (restaurant_id, created_at);
CREATE INDEX guests_email_idx ON guests (email);

-- Locks reservations exclusively for an instant: a constant default rewrites nothing, and the checks and
-- the key are not verified on rows from before, in which the columns are empty.
ALTER TABLE reservations
  ADD COLUMN guest_id uuid,
  ADD COLUMN source text,
  ADD COLUMN tells_guest boolean NOT NULL DEFAULT false,
  ADD COLUMN is_extra boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT reservations_guest_fkey FOREIGN KEY (guest_id, restaurant_id) REFERENCES guests (id, restaurant_id) ON DELETE NO ACTION ON UPDATE CASCADE NOT VALID,
  ADD CONSTRAINT reservations_one_person CHECK (num_nonnulls(diner_id, guest_id) <= 1) NOT VALID,
  ADD CONSTRAINT reservations_source_known CHECK (source IN ('PHONE', 'WALK_IN', 'WEB', 'OTHER')) NOT VALID,
  ADD CONSTRAINT reservations_source_is_of_staff CHECK (source IS NULL OR diner_id IS NULL) NOT VALID,
  ADD CONSTRAINT reservations_guest_has_source CHECK (guest_id IS NULL OR source IS NOT NULL) NOT VALID,
  ADD CONSTRAINT reservations_told_has_source CHECK (NOT tells_guest OR source IS NOT NULL) NOT VALID;

-- Each locks reservations against writes while it reads the table once; bookings meanwhile wait, or are
-- told to try again.
CREATE INDEX reservations_guest_idx ON reservations (guest_id, starts_at);
CREATE INDEX reservations_of_guests_idx ON reservations (service_date) WHERE guest_id IS NOT NULL;
-- A guest has one reservation to come at a restaurant and date, unless staff insist on another.
CREATE UNIQUE INDEX reservations_one_coming_per_guest ON reservations (guest_id, service_date)
  WHERE status IN ('HELD', 'CONFIRMED') AND NOT is_extra;
