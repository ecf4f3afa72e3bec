-- Locks reservation_slots exclusively for an instant: a constant default rewrites nothing. The check is
-- not verified on rows from before, which were moved away from nowhere.
ALTER TABLE reservation_slots
  ADD COLUMN moved_in_at timestamptz(3),
  ADD COLUMN moved_away boolean NOT NULL DEFAULT false,
  ADD COLUMN entry_id text,
  ADD CONSTRAINT reservation_slots_moved_is_released CHECK (NOT moved_away OR released_at IS NOT NULL) NOT VALID;

-- Few rows: who had a slot of an opening before a change. Locks reservation_slots against writes while
-- it is built.
CREATE INDEX reservation_slots_left_idx ON reservation_slots (slot_id) WHERE moved_away;
