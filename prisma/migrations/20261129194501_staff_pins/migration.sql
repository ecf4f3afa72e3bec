-- Each of these locks its table exclusively for an instant: a constant default rewrites nothing.
ALTER TABLE sessions
  ADD COLUMN shared_at timestamptz(3),
  ADD COLUMN wrong_pins smallint NOT NULL DEFAULT 0,
  ADD COLUMN wrong_pins_since timestamptz(3);
ALTER TABLE restaurants ADD COLUMN author_minutes smallint NOT NULL DEFAULT 10;
-- Not verified on rows from before, which have the default.
ALTER TABLE restaurants
  ADD CONSTRAINT restaurants_author_minutes_range CHECK (author_minutes BETWEEN 1 AND 120) NOT VALID;

CREATE TABLE staff_pins (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT staff_pins_pkey PRIMARY KEY,
  restaurant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  pin_hash text NOT NULL,
  is_one_time boolean NOT NULL DEFAULT false,
  set_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT staff_pins_one_each UNIQUE (restaurant_id, account_id),
  CONSTRAINT staff_pins_member_fkey FOREIGN KEY (restaurant_id, account_id)
    REFERENCES restaurant_staff (restaurant_id, account_id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE pin_tries (
  restaurant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  wrong smallint NOT NULL DEFAULT 0,
  wait_until timestamptz(3),
  locked_at timestamptz(3),
  CONSTRAINT pin_tries_pkey PRIMARY KEY (restaurant_id, account_id),
  CONSTRAINT pin_tries_member_fkey FOREIGN KEY (restaurant_id, account_id)
    REFERENCES restaurant_staff (restaurant_id, account_id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE tablet_authors (
  id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT tablet_authors_pkey PRIMARY KEY,
  session_id uuid NOT NULL
    CONSTRAINT tablet_authors_session_fkey REFERENCES sessions (id) ON DELETE CASCADE ON UPDATE CASCADE,
  restaurant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  proved_at timestamptz(3) NOT NULL DEFAULT now(),
  acted_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT tablet_authors_member_fkey FOREIGN KEY (restaurant_id, account_id)
    REFERENCES restaurant_staff (restaurant_id, account_id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX tablet_authors_session_idx ON tablet_authors (session_id);
CREATE INDEX tablet_authors_member_idx ON tablet_authors (restaurant_id, account_id);

-- The session of the shared tablet on which the transaction says it acts (`SET LOCAL
-- bobjool.tablet_id`). Null: none.
CREATE OR REPLACE FUNCTION current_tablet_id() RETURNS uuid
LANGUAGE sql STABLE
RETURN NULLIF(current_setting('bobjool.tablet_id', true), '')::uuid;

ALTER TABLE audit_events ADD COLUMN tablet_id uuid DEFAULT current_tablet_id();
