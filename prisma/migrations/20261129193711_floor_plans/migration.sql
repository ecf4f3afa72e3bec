CREATE TYPE table_shape AS ENUM ('ROUND', 'SQUARE', 'LONG');

-- Locks tables exclusively for an instant: columns without a default rewrite nothing, and in rows from
-- before they are empty, so that no check has anything to verify.
ALTER TABLE restaurant_tables
  ADD COLUMN floor_x smallint,
  ADD COLUMN floor_y smallint,
  ADD COLUMN floor_shape table_shape,
  ADD CONSTRAINT restaurant_tables_cell_on_plan CHECK (floor_x BETWEEN 0 AND 19 AND floor_y BETWEEN 0 AND 79) NOT VALID,
  ADD CONSTRAINT restaurant_tables_placed_whole
    CHECK ((floor_x IS NULL) = (floor_y IS NULL) AND (floor_x IS NULL) = (floor_shape IS NULL)) NOT VALID,
  ADD CONSTRAINT restaurant_tables_place_in_use CHECK (floor_x IS NULL OR deleted_at IS NULL) NOT VALID,
  -- Judged at the end of a statement, in which two tables may change places. An index that is judged at
  -- once would be a key, and a change of it would keep bookings from referring to the table meanwhile.
  ADD CONSTRAINT restaurant_tables_cell_once UNIQUE (restaurant_id, floor_x, floor_y) DEFERRABLE;
