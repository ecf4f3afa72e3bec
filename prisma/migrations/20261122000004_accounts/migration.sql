-- People who come through Kakao, Naver or a mailed link need no password.
ALTER TABLE accounts ALTER COLUMN password_hash DROP NOT NULL;

-- Every session names the epoch it was made in. "Sign out everywhere" begins a new one, and whatever
-- reads an account refuses the sessions of an older one.
ALTER TABLE accounts ADD COLUMN session_epoch integer NOT NULL DEFAULT 0;

-- What an admin answered to somebody who wants to be an owner.
ALTER TABLE accounts ADD COLUMN owner_refused_at timestamptz(3);
ALTER TABLE accounts ADD COLUMN owner_refusal text;
ALTER TABLE accounts
  ADD CONSTRAINT accounts_phone_length CHECK (char_length(phone) <= 30),
  ADD CONSTRAINT accounts_owner_refusal_whole CHECK ((owner_refused_at IS NULL) = (owner_refusal IS NULL)),
  ADD CONSTRAINT accounts_owner_refusal_length CHECK (char_length(owner_refusal) BETWEEN 1 AND 500),
  ADD CONSTRAINT accounts_owner_answered_once CHECK (owner_approved_at IS NULL OR owner_refused_at IS NULL);

-- A link that was mailed to somebody. The row holds no secret: what is mailed is this id, signed.
-- It works once, until it runs out by this database's clock, and only while nothing newer of its
-- purpose was asked for.
CREATE TABLE account_links (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  account_id uuid NOT NULL,
  purpose text NOT NULL,
  -- The address it was mailed to; confirming anything else with it would prove nothing.
  email text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  CONSTRAINT account_links_pkey PRIMARY KEY (id),
  CONSTRAINT account_links_purpose_known CHECK (purpose IN ('CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS')),
  CONSTRAINT account_links_email_lower_case CHECK (email = lower(email)),
  CONSTRAINT account_links_expires_later CHECK (created_at < expires_at),
  CONSTRAINT account_links_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX account_links_account_idx ON account_links (account_id, purpose);

-- An account somebody has at Kakao or Naver.
CREATE TABLE external_logins (
  provider text NOT NULL,
  -- The provider's own id of the person; never changes, unlike an address.
  subject text NOT NULL,
  account_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT external_logins_pkey PRIMARY KEY (provider, subject),
  CONSTRAINT external_logins_provider_known CHECK (provider IN ('kakao', 'naver')),
  CONSTRAINT external_logins_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX external_logins_one_per_provider ON external_logins (account_id, provider);

-- What else there is to know of an act: a reason that was given, what a setting was before.
ALTER TABLE audit_events ADD COLUMN details jsonb;
CREATE INDEX audit_events_actor_idx ON audit_events (actor_id, at) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_events_at_idx ON audit_events (at, id);

-- Leaving the service erases a person's notices; a history is looked up by person.
CREATE INDEX notices_account_idx ON notices (account_id) WHERE account_id IS NOT NULL;
