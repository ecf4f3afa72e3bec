-- restaurant -------------------------------------------------------------------------------
ALTER TABLE restaurants
  -- False: its owner is still furnishing it, and nobody else sees it.
  ADD COLUMN published boolean NOT NULL DEFAULT true,
  -- Of profile, rules, hours, closed dates, tables and pictures: whoever saves names the version
  -- that was on the screen, so that two people never overwrite each other unseen.
  ADD COLUMN version integer NOT NULL DEFAULT 0,
  -- A link to a map; null: a search for the address.
  ADD COLUMN map_url text,
  -- What a diner should know before booking; null: nothing.
  ADD COLUMN guest_note text,
  ADD COLUMN guest_note_en text,
  -- When bookings of a service date open: at this wall time (minutes after midnight), so many days
  -- before it. Null: as soon as the horizon reaches the date.
  ADD COLUMN opens_minutes smallint,
  ADD COLUMN opens_days_before smallint NOT NULL DEFAULT 0,
  ADD CONSTRAINT restaurants_map_url_secure CHECK (map_url ~ '^https://' AND char_length(map_url) <= 2000),
  ADD CONSTRAINT restaurants_guest_note_length CHECK (char_length(guest_note) BETWEEN 1 AND 1000),
  ADD CONSTRAINT restaurants_guest_note_en_length CHECK (char_length(guest_note_en) BETWEEN 1 AND 1000),
  ADD CONSTRAINT restaurants_opens_in_day CHECK (opens_minutes BETWEEN 0 AND 1439),
  ADD CONSTRAINT restaurants_opens_days_range CHECK (opens_days_before BETWEEN 0 AND 365);

-- One stretch of an ordinary week in which parties are seated. Wall minutes counted from the
-- midnight the service date begins with; past 1440 is the night after. A break is the gap between
-- two stretches, a weekday without any is a day off.
CREATE TABLE restaurant_hours (
  restaurant_id uuid NOT NULL,
  -- ISO 8601: 1 is Monday, 7 is Sunday.
  weekday smallint NOT NULL,
  from_minutes smallint NOT NULL,
  to_minutes smallint NOT NULL,
  CONSTRAINT restaurant_hours_pkey PRIMARY KEY (restaurant_id, weekday, from_minutes),
  CONSTRAINT restaurant_hours_weekday_range CHECK (weekday BETWEEN 1 AND 7),
  CONSTRAINT restaurant_hours_range CHECK (0 <= from_minutes AND from_minutes < to_minutes AND to_minutes <= 2879),
  CONSTRAINT restaurant_hours_no_overlap EXCLUDE USING gist (
    restaurant_id WITH =, weekday WITH =, int4range(from_minutes, to_minutes) WITH &&),
  CONSTRAINT restaurant_hours_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- A service date on which the restaurant is closed although its week says otherwise.
CREATE TABLE restaurant_closures (
  restaurant_id uuid NOT NULL,
  closed_date date NOT NULL,
  -- Shown to diners; null: nothing is said.
  reason text,
  CONSTRAINT restaurant_closures_pkey PRIMARY KEY (restaurant_id, closed_date),
  CONSTRAINT restaurant_closures_reason_length CHECK (char_length(reason) BETWEEN 1 AND 100),
  CONSTRAINT restaurant_closures_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE restaurant_pictures (
  restaurant_id uuid NOT NULL,
  position smallint NOT NULL,
  url text NOT NULL,
  -- What is on it, for those who don't see it.
  alt text NOT NULL,
  CONSTRAINT restaurant_pictures_pkey PRIMARY KEY (restaurant_id, position),
  CONSTRAINT restaurant_pictures_position_range CHECK (position BETWEEN 0 AND 9),
  CONSTRAINT restaurant_pictures_url_secure CHECK (url ~ '^https://' AND char_length(url) <= 2000),
  CONSTRAINT restaurant_pictures_alt_length CHECK (char_length(alt) BETWEEN 1 AND 200),
  CONSTRAINT restaurant_pictures_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- Somebody was asked by mail to work for a restaurant.
CREATE TABLE staff_invitations (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  email text NOT NULL,
  role staff_role NOT NULL,
  -- Null: whoever asked has left the service.
  invited_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  accepted_at timestamptz(3),
  revoked_at timestamptz(3),
  CONSTRAINT staff_invitations_pkey PRIMARY KEY (id),
  CONSTRAINT staff_invitations_email_lower_case CHECK (email = lower(email)),
  CONSTRAINT staff_invitations_expires_later CHECK (created_at < expires_at),
  CONSTRAINT staff_invitations_one_end CHECK (accepted_at IS NULL OR revoked_at IS NULL),
  CONSTRAINT staff_invitations_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT staff_invitations_inviter_fkey FOREIGN KEY (invited_by) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX staff_invitations_one_open ON staff_invitations (restaurant_id, email)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- schedule ---------------------------------------------------------------------------------
-- Leases are taken in Redis, which may forget them; the numbers come from here and never go back.
CREATE SEQUENCE lease_fences;

-- The highest fencing number that has written to this date's schedule: a holder that slept past the
-- end of its lease has a lower one, and is refused.
ALTER TABLE service_dates ADD COLUMN fence bigint NOT NULL DEFAULT 0;

-- booking ----------------------------------------------------------------------------------
ALTER TABLE reservations
  -- What the party can't eat, in the diner's words; null: nothing was said.
  ADD COLUMN allergies text,
  -- What the staff wrote down about the party; diners never see it. Null: nothing.
  ADD COLUMN staff_note text,
  ADD CONSTRAINT reservations_allergies_length CHECK (char_length(allergies) BETWEEN 1 AND 200),
  ADD CONSTRAINT reservations_staff_note_length CHECK (char_length(staff_note) BETWEEN 1 AND 500);
