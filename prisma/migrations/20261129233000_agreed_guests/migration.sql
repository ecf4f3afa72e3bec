-- Locks guests exclusively for an instant: the columns are empty, and the checks are not verified on rows from
-- before.
ALTER TABLE guests
  ADD COLUMN consent_way text,
  ADD COLUMN consented_at timestamptz(3),
  ADD CONSTRAINT guests_consent_way_known CHECK (consent_way IN ('KIOSK', 'IN_PERSON')) NOT VALID,
  ADD CONSTRAINT guests_consent_is_whole CHECK ((consent_way IS NULL) = (consented_at IS NULL)) NOT VALID;

-- The same for tickets.
ALTER TABLE tickets
  ADD COLUMN guest_id uuid,
  ADD CONSTRAINT tickets_guest_fkey FOREIGN KEY (guest_id, restaurant_id) REFERENCES guests (id, restaurant_id) ON DELETE NO ACTION ON UPDATE CASCADE NOT VALID,
  ADD CONSTRAINT tickets_one_person CHECK (num_nonnulls(account_id, guest_id) <= 1) NOT VALID;

-- Partial: a ticket of nobody who is remembered writes to neither. Each locks tickets against writes while it
-- reads the table once.
CREATE INDEX tickets_guest_idx ON tickets (guest_id, taken_at) WHERE guest_id IS NOT NULL;
CREATE INDEX tickets_of_guests_idx ON tickets (service_date) WHERE guest_id IS NOT NULL;
