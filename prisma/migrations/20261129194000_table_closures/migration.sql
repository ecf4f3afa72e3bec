-- Tables that staff have closed for a while. Their slots say so themselves (`slots.closed`), so that what
-- offers slots goes on reading one column.
CREATE TABLE table_closures (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  area_id uuid,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  reason text,
  CONSTRAINT table_closures_pkey PRIMARY KEY (id),
  CONSTRAINT table_closures_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT table_closures_area_fkey FOREIGN KEY (area_id) REFERENCES restaurant_areas (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT table_closures_ends_later CHECK (starts_at < ends_at),
  CONSTRAINT table_closures_reason_length CHECK (char_length(reason) BETWEEN 1 AND 100)
);
CREATE INDEX table_closures_restaurant_idx ON table_closures (restaurant_id, ends_at);
CREATE INDEX table_closures_area_idx ON table_closures (area_id) WHERE area_id IS NOT NULL;
CREATE INDEX table_closures_ends_idx ON table_closures (ends_at);

CREATE TABLE closed_tables (
  closure_id uuid NOT NULL,
  table_id uuid NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  CONSTRAINT closed_tables_pkey PRIMARY KEY (closure_id, table_id),
  CONSTRAINT closed_tables_closure_fkey FOREIGN KEY (closure_id) REFERENCES table_closures (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT closed_tables_table_fkey FOREIGN KEY (table_id) REFERENCES restaurant_tables (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT closed_tables_ends_later CHECK (starts_at < ends_at),
  CONSTRAINT closed_tables_no_overlap EXCLUDE USING gist (table_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
);

-- Locks slots exclusively for an instant: the default is a constant, which rewrites nothing, and in rows
-- from before the check holds.
ALTER TABLE slots
  ADD COLUMN closed boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT slots_closed_is_blocked CHECK (blocked OR NOT closed) NOT VALID;
