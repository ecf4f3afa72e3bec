ALTER TABLE tickets ADD COLUMN contact_forgotten_at timestamptz(3);

CREATE TABLE forgotten_counts (
  what text NOT NULL,
  total bigint NOT NULL DEFAULT 0,
  CONSTRAINT forgotten_counts_pkey PRIMARY KEY (what)
);

-- Each cut-off is read up to along an index that holds only what is still kept.
CREATE INDEX tickets_guests_idx ON tickets (service_date) WHERE account_id IS NULL AND contact_forgotten_at IS NULL;
CREATE INDEX tickets_parties_idx ON tickets (service_date) WHERE account_id IS NOT NULL;
CREATE INDEX reservations_allergies_idx ON reservations (service_date) WHERE allergies IS NOT NULL;
CREATE INDEX reservations_named_idx ON reservations (service_date)
  WHERE diner_id IS NOT NULL OR note IS NOT NULL OR staff_note IS NOT NULL;
CREATE INDEX notices_kept_idx ON notices (due_at) WHERE payload <> '{}';
CREATE INDEX notices_allergies_idx ON notices (due_at) WHERE payload @? '$.**.allergies ? (@ != null)';
CREATE INDEX audit_events_addresses_idx ON audit_events (at) WHERE address IS NOT NULL AND address NOT LIKE '%/%';
CREATE INDEX accounts_unconfirmed_idx ON accounts (created_at) WHERE email_confirmed_at IS NULL;
CREATE INDEX account_links_expires_idx ON account_links (expires_at);
CREATE INDEX staff_invitations_expires_idx ON staff_invitations (expires_at);

-- Phones that follow a ticket are forgotten with its guest.
DROP INDEX guest_devices_created_idx;

-- Everybody counts as seen on the day of this migration.
ALTER TABLE accounts
  ADD COLUMN seen_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN sleep_told_at timestamptz(3);
CREATE INDEX accounts_asleep_idx ON accounts (seen_at) WHERE role = 'DINER';
