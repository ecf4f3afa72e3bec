-- The truth of Bobjool. What must never happen is refused here, whatever the code does.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- identity ---------------------------------------------------------------------------------
CREATE TYPE account_role AS ENUM ('DINER', 'OWNER', 'ADMIN');

CREATE TABLE accounts (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  email text NOT NULL,
  password_hash text NOT NULL,
  name text NOT NULL,
  phone text,
  role account_role NOT NULL DEFAULT 'DINER',
  locale text NOT NULL DEFAULT 'ko',
  owner_approved_at timestamptz(3),
  email_confirmed_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT accounts_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_email_lower_case CHECK (email = lower(email)),
  CONSTRAINT accounts_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
  CONSTRAINT accounts_locale_known CHECK (locale IN ('ko', 'en')),
  CONSTRAINT accounts_only_owners_approved CHECK (owner_approved_at IS NULL OR role = 'OWNER')
);
CREATE UNIQUE INDEX accounts_email_key ON accounts (email);

CREATE TABLE audit_events (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  at timestamptz(3) NOT NULL DEFAULT now(),
  actor_id uuid,
  actor_role text NOT NULL,
  address text,
  restaurant_id uuid,
  subject text NOT NULL,
  subject_id uuid NOT NULL,
  act text NOT NULL,
  from_status text,
  to_status text NOT NULL,
  undone_at timestamptz(3),
  CONSTRAINT audit_events_pkey PRIMARY KEY (id),
  CONSTRAINT audit_events_actor_role_known CHECK (actor_role IN ('DINER', 'OWNER', 'STAFF', 'ADMIN', 'SERVICE')),
  CONSTRAINT audit_events_actor_fkey FOREIGN KEY (actor_id) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX audit_events_subject_idx ON audit_events (subject_id, at);
CREATE INDEX audit_events_restaurant_idx ON audit_events (restaurant_id, at);

CREATE TABLE idempotency_keys (
  account_id uuid NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  response jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (account_id, key),
  CONSTRAINT idempotency_keys_key_length CHECK (char_length(key) BETWEEN 1 AND 200),
  CONSTRAINT idempotency_keys_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX idempotency_keys_created_idx ON idempotency_keys (created_at);

-- notification -----------------------------------------------------------------------------
CREATE TYPE notice_state AS ENUM ('QUEUED', 'SENT', 'DEAD', 'DROPPED');

CREATE TABLE notices (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  event_id uuid NOT NULL,
  kind text NOT NULL,
  channel text NOT NULL DEFAULT 'MAIL',
  account_id uuid,
  restaurant_id uuid,
  subject_id uuid NOT NULL,
  recipient text NOT NULL,
  locale text NOT NULL,
  payload jsonb NOT NULL,
  state notice_state NOT NULL DEFAULT 'QUEUED',
  queued_at timestamptz(3) NOT NULL DEFAULT now(),
  due_at timestamptz(3) NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  lease_token uuid,
  lease_until timestamptz(3),
  last_error text,
  sent_at timestamptz(3),
  CONSTRAINT notices_pkey PRIMARY KEY (id),
  CONSTRAINT notices_channel_known CHECK (channel IN ('MAIL')),
  CONSTRAINT notices_locale_known CHECK (locale IN ('ko', 'en')),
  CONSTRAINT notices_lease_whole CHECK ((lease_token IS NULL) = (lease_until IS NULL)),
  CONSTRAINT notices_sent_has_instant CHECK ((state = 'SENT') = (sent_at IS NOT NULL)),
  CONSTRAINT notices_event_fkey FOREIGN KEY (event_id) REFERENCES audit_events (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT notices_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX notices_once_per_event ON notices (event_id, channel, recipient);
CREATE INDEX notices_subject_idx ON notices (subject_id);
CREATE INDEX notices_to_send_idx ON notices (due_at) WHERE state = 'QUEUED';

CREATE FUNCTION is_time_zone(p_name text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  PERFORM timestamptz '2000-01-01 00:00+00' AT TIME ZONE p_name;
  RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN false;
END
$$;

-- restaurant -------------------------------------------------------------------------------
CREATE TABLE restaurants (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  slug text NOT NULL,
  name text NOT NULL,
  name_en text,
  category text NOT NULL,
  region text NOT NULL,
  address text NOT NULL,
  phone text NOT NULL,
  description text NOT NULL,
  description_en text,
  time_zone text NOT NULL DEFAULT 'Asia/Seoul',
  day_cut_minutes smallint NOT NULL DEFAULT 300,
  same_day_only boolean NOT NULL DEFAULT false,
  horizon_days smallint NOT NULL DEFAULT 14,
  bookings_on boolean NOT NULL DEFAULT true,
  confirm_within_minutes smallint,
  seating_minutes smallint NOT NULL DEFAULT 90,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  CONSTRAINT restaurants_pkey PRIMARY KEY (id),
  CONSTRAINT restaurants_slug_shape CHECK (slug ~ '^[a-z][a-z0-9-]{1,59}$'),
  CONSTRAINT restaurants_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
  -- An unknown zone would make every reading of "today" fail, for lists too.
  CONSTRAINT restaurants_time_zone_known CHECK (is_time_zone(time_zone)),
  CONSTRAINT restaurants_day_cut_in_night CHECK (day_cut_minutes BETWEEN 0 AND 720),
  CONSTRAINT restaurants_horizon_range CHECK (horizon_days BETWEEN 0 AND 365),
  CONSTRAINT restaurants_confirm_range CHECK (confirm_within_minutes BETWEEN 1 AND 1440),
  CONSTRAINT restaurants_seating_range CHECK (seating_minutes BETWEEN 15 AND 720)
);
CREATE UNIQUE INDEX restaurants_slug_key ON restaurants (slug);

CREATE TABLE restaurant_tables (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  number smallint NOT NULL,
  min_party smallint NOT NULL,
  max_party smallint NOT NULL,
  deleted_at timestamptz(3),
  CONSTRAINT restaurant_tables_pkey PRIMARY KEY (id),
  CONSTRAINT restaurant_tables_party_range CHECK (1 <= min_party AND min_party <= max_party AND max_party <= 100),
  CONSTRAINT restaurant_tables_number_positive CHECK (number > 0),
  CONSTRAINT restaurant_tables_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX restaurant_tables_id_restaurant_key ON restaurant_tables (id, restaurant_id);
CREATE UNIQUE INDEX restaurant_tables_number_once ON restaurant_tables (restaurant_id, number) WHERE deleted_at IS NULL;

CREATE TYPE staff_role AS ENUM ('OWNER', 'STAFF');

CREATE TABLE restaurant_staff (
  restaurant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  role staff_role NOT NULL,
  CONSTRAINT restaurant_staff_pkey PRIMARY KEY (restaurant_id, account_id),
  CONSTRAINT restaurant_staff_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT restaurant_staff_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX restaurant_staff_account_idx ON restaurant_staff (account_id);

-- schedule ---------------------------------------------------------------------------------
CREATE TABLE service_dates (
  restaurant_id uuid NOT NULL,
  service_date date NOT NULL,
  opens_at timestamptz(3),
  closed boolean NOT NULL DEFAULT false,
  CONSTRAINT service_dates_pkey PRIMARY KEY (restaurant_id, service_date),
  CONSTRAINT service_dates_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE slots (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  service_date date NOT NULL,
  table_id uuid NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  min_party smallint NOT NULL,
  max_party smallint NOT NULL,
  taken boolean NOT NULL DEFAULT false,
  held_until timestamptz(3),
  blocked boolean NOT NULL DEFAULT false,
  deleted_at timestamptz(3),
  CONSTRAINT slots_pkey PRIMARY KEY (id),
  CONSTRAINT slots_end_after_start CHECK (starts_at < ends_at AND ends_at - starts_at <= interval '12 hours'),
  CONSTRAINT slots_party_range CHECK (1 <= min_party AND min_party <= max_party AND max_party <= 100),
  CONSTRAINT slots_held_is_taken CHECK (held_until IS NULL OR taken),
  CONSTRAINT slots_deleted_is_not_taken CHECK (deleted_at IS NULL OR NOT taken),
  -- G1, first half: slots of one table never overlap. [) ranges: one may begin when the other ends.
  CONSTRAINT slots_no_overlap EXCLUDE USING gist (table_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (deleted_at IS NULL),
  CONSTRAINT slots_service_date_fkey FOREIGN KEY (restaurant_id, service_date) REFERENCES service_dates (restaurant_id, service_date) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT slots_table_fkey FOREIGN KEY (table_id, restaurant_id) REFERENCES restaurant_tables (id, restaurant_id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX slots_day_idx ON slots (restaurant_id, service_date, starts_at);

-- booking ----------------------------------------------------------------------------------
CREATE TYPE reservation_status AS ENUM ('HELD', 'CONFIRMED', 'SEATED', 'LEFT', 'EXPIRED', 'CANCELLED', 'NO_SHOW');

CREATE TABLE reservations (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  service_date date NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  party_size smallint NOT NULL,
  diner_id uuid,
  walk_in boolean NOT NULL DEFAULT false,
  status reservation_status NOT NULL,
  hold_expires_at timestamptz(3),
  cancelled_by text,
  note text,
  sequence integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT reservations_pkey PRIMARY KEY (id),
  CONSTRAINT reservations_end_after_start CHECK (starts_at < ends_at),
  CONSTRAINT reservations_party_range CHECK (party_size BETWEEN 1 AND 100),
  CONSTRAINT reservations_hold_has_deadline CHECK (status NOT IN ('HELD', 'EXPIRED') OR hold_expires_at IS NOT NULL),
  CONSTRAINT reservations_cancelled_by_known CHECK ((status = 'CANCELLED') = (cancelled_by IS NOT NULL) AND cancelled_by IN ('DINER', 'OWNER', 'ADMIN')),
  CONSTRAINT reservations_walk_in_has_no_diner CHECK (NOT walk_in OR diner_id IS NULL),
  CONSTRAINT reservations_note_length CHECK (char_length(note) <= 500),
  CONSTRAINT reservations_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT reservations_diner_fkey FOREIGN KEY (diner_id) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX reservations_diner_idx ON reservations (diner_id, starts_at);
CREATE INDEX reservations_day_idx ON reservations (restaurant_id, service_date);
-- G2: one active reservation per diner, restaurant and service date.
CREATE UNIQUE INDEX reservations_one_active_per_diner ON reservations (diner_id, restaurant_id, service_date)
  WHERE status IN ('HELD', 'CONFIRMED', 'SEATED');
CREATE INDEX reservations_run_out_idx ON reservations (hold_expires_at) WHERE status = 'HELD';
CREATE INDEX reservations_seated_idx ON reservations (ends_at) WHERE status = 'SEATED';

CREATE TABLE reservation_slots (
  reservation_id uuid NOT NULL,
  slot_id uuid NOT NULL,
  released_at timestamptz(3),
  CONSTRAINT reservation_slots_pkey PRIMARY KEY (reservation_id, slot_id),
  CONSTRAINT reservation_slots_reservation_fkey FOREIGN KEY (reservation_id) REFERENCES reservations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT reservation_slots_slot_fkey FOREIGN KEY (slot_id) REFERENCES slots (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
-- G1, second half: a slot has at most one active reservation.
CREATE UNIQUE INDEX reservation_slots_one_active_per_slot ON reservation_slots (slot_id) WHERE released_at IS NULL;
