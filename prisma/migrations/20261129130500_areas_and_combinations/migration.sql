CREATE TABLE restaurant_areas (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  name text NOT NULL,
  position smallint NOT NULL,
  CONSTRAINT restaurant_areas_pkey PRIMARY KEY (id),
  CONSTRAINT restaurant_areas_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT restaurant_areas_name_length CHECK (char_length(name) BETWEEN 1 AND 30),
  CONSTRAINT restaurant_areas_position_from_zero CHECK (position >= 0),
  -- Judged at the end of a statement, in which two areas may swap their names.
  CONSTRAINT restaurant_areas_name_once UNIQUE (restaurant_id, name) DEFERRABLE
);
CREATE UNIQUE INDEX restaurant_areas_id_restaurant_key ON restaurant_areas (id, restaurant_id);

-- Locks tables exclusively for an instant: a column without a default rewrites nothing, and in rows from
-- before it is empty, so that neither check has anything to verify.
ALTER TABLE restaurant_tables
  ADD COLUMN area_id uuid,
  ADD CONSTRAINT restaurant_tables_area_fkey FOREIGN KEY (area_id, restaurant_id)
    REFERENCES restaurant_areas (id, restaurant_id) ON DELETE NO ACTION ON UPDATE CASCADE NOT VALID,
  ADD CONSTRAINT restaurant_tables_area_in_use CHECK (area_id IS NULL OR deleted_at IS NULL) NOT VALID;
CREATE INDEX restaurant_tables_area_idx ON restaurant_tables (area_id) WHERE area_id IS NOT NULL;

CREATE TABLE restaurant_combinations (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  table_ids uuid[] NOT NULL,
  min_party smallint NOT NULL,
  max_party smallint NOT NULL,
  CONSTRAINT restaurant_combinations_pkey PRIMARY KEY (id),
  CONSTRAINT restaurant_combinations_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT restaurant_combinations_party_range CHECK (1 <= min_party AND min_party <= max_party AND max_party <= 100),
  CONSTRAINT restaurant_combinations_several_tables CHECK (cardinality(table_ids) >= 2)
);
CREATE UNIQUE INDEX restaurant_combinations_same_set ON restaurant_combinations (restaurant_id, table_ids);
