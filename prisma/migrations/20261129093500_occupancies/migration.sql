-- Locks reservations exclusively for an instant: columns without a default rewrite nothing. The checks
-- are not verified on rows from before, in which the columns are empty.
ALTER TABLE reservations
  ADD COLUMN arrived_at timestamptz(3),
  ADD COLUMN late_minutes smallint,
  ADD COLUMN seated_at timestamptz(3),
  ADD COLUMN left_at timestamptz(3),
  ADD CONSTRAINT reservations_late_range CHECK (late_minutes BETWEEN 1 AND 120) NOT VALID,
  ADD CONSTRAINT reservations_left_after_seated CHECK (left_at >= seated_at) NOT VALID;

CREATE TABLE occupancies (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  table_id uuid NOT NULL,
  reservation_id uuid NOT NULL,
  service_date date NOT NULL,
  seated_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  by_day_cut boolean NOT NULL DEFAULT false,
  CONSTRAINT occupancies_pkey PRIMARY KEY (id),
  CONSTRAINT occupancies_reservation_fkey FOREIGN KEY (reservation_id) REFERENCES reservations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT occupancies_table_fkey FOREIGN KEY (table_id, restaurant_id) REFERENCES restaurant_tables (id, restaurant_id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT occupancies_end_after_start CHECK (ended_at >= seated_at),
  CONSTRAINT occupancies_cut_is_end CHECK (NOT by_day_cut OR ended_at IS NOT NULL)
);
-- G21: no table has two seated parties.
CREATE UNIQUE INDEX occupancies_one_party_per_table ON occupancies (table_id) WHERE ended_at IS NULL;
CREATE INDEX occupancies_reservation_idx ON occupancies (reservation_id);
