-- Staff may begin at any minute and stay any length. Such a slot is there for its party alone, so it is
-- never free and never a hold: nothing that offers slots can offer it. The slots of the plan that it
-- overlaps give way, and come back when the party goes.
ALTER TABLE slots
  ADD COLUMN off_plan boolean NOT NULL DEFAULT false,
  ADD COLUMN gave_way boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT slots_off_plan_is_taken
    CHECK (NOT off_plan OR (NOT blocked AND held_until IS NULL AND taken = (deleted_at IS NULL))),
  ADD CONSTRAINT slots_gave_way_is_of_the_plan CHECK (NOT gave_way OR (deleted_at IS NOT NULL AND NOT off_plan));
CREATE INDEX slots_gave_way_idx ON slots (table_id) WHERE gave_way;
