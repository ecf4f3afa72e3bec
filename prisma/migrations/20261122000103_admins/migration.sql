-- An admin hid it: its owner can't show it again. Apart from `published`, which is the owner's own
-- switch, so that the one never overrules the other.
ALTER TABLE restaurants
  ADD COLUMN hidden_at timestamptz(3),
  ADD COLUMN hidden_reason text,
  ADD CONSTRAINT restaurants_hidden_whole CHECK ((hidden_at IS NULL) = (hidden_reason IS NULL)),
  ADD CONSTRAINT restaurants_hidden_reason_length CHECK (char_length(hidden_reason) BETWEEN 1 AND 500),
  ADD CONSTRAINT restaurants_hidden_unpublished CHECK (hidden_at IS NULL OR NOT published);

-- The lists of owners, and the few admins: none of these is touched when a diner signs up.
CREATE INDEX accounts_owners_waiting_idx ON accounts (created_at, id)
  WHERE role = 'OWNER' AND owner_approved_at IS NULL AND owner_refused_at IS NULL;
CREATE INDEX accounts_owners_approved_idx ON accounts (owner_approved_at, id) WHERE owner_approved_at IS NOT NULL;
CREATE INDEX accounts_owners_refused_idx ON accounts (owner_refused_at, id) WHERE owner_refused_at IS NOT NULL;
CREATE INDEX accounts_admins_idx ON accounts (id) WHERE role = 'ADMIN';
-- People are listed newest first, and today's new accounts are counted.
CREATE INDEX accounts_created_idx ON accounts (created_at, id);

-- What has not gone out: few rows among many that have.
CREATE INDEX notices_stuck_idx ON notices (state, queued_at) WHERE state IN ('QUEUED', 'DEAD');

-- The trail by what an act was about. Most acts are about reservations, which are found by time,
-- and a booking does not pay for this index.
CREATE INDEX audit_events_kind_idx ON audit_events (subject, at, id) WHERE subject <> 'RESERVATION';
