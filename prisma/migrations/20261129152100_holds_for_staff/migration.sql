-- Each locks its table exclusively for an instant: a constant default rewrites nothing.
ALTER TABLE restaurants ADD COLUMN holds_after_no_shows boolean NOT NULL DEFAULT false;
ALTER TABLE reservations ADD COLUMN awaits_staff boolean NOT NULL DEFAULT false;
-- Not verified on rows from before, in which the column is false.
ALTER TABLE reservations
  ADD CONSTRAINT reservations_awaiting_staff_is_hold CHECK (NOT awaits_staff OR hold_expires_at IS NOT NULL) NOT VALID;
