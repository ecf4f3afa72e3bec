-- Passkeys (docs/decisions/0040-passkeys.md): the public halves of keys that people's devices hold, and
-- the challenges that wait for an answer. The version before it neither writes nor reads either.
ALTER TABLE accounts ADD COLUMN passkey_handle bytea;
ALTER TABLE accounts ADD COLUMN needs_passkey boolean NOT NULL DEFAULT false;
ALTER TABLE accounts ADD CONSTRAINT accounts_passkey_handle_length CHECK (octet_length(passkey_handle) = 32);
ALTER TABLE accounts ADD CONSTRAINT accounts_passkey_handle_key UNIQUE (passkey_handle);

CREATE TABLE passkeys (
  id            uuid NOT NULL DEFAULT gen_random_uuid(),
  account_id    uuid NOT NULL,
  credential_id bytea NOT NULL,
  public_key    bytea NOT NULL,
  counter       bigint NOT NULL,
  transports    text[] NOT NULL DEFAULT '{}',
  is_synced     boolean NOT NULL,
  is_backed_up  boolean NOT NULL,
  name          text NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at  timestamptz(3),
  CONSTRAINT passkeys_pkey PRIMARY KEY (id),
  CONSTRAINT passkeys_credential_key UNIQUE (credential_id),
  CONSTRAINT passkeys_credential_length CHECK (octet_length(credential_id) BETWEEN 16 AND 1023),
  CONSTRAINT passkeys_public_key_length CHECK (octet_length(public_key) BETWEEN 32 AND 4096),
  CONSTRAINT passkeys_counter_range CHECK (counter BETWEEN 0 AND 4294967295),
  CONSTRAINT passkeys_transports_few CHECK (cardinality(transports) <= 8),
  CONSTRAINT passkeys_backed_up_if_synced CHECK (is_synced OR NOT is_backed_up),
  CONSTRAINT passkeys_name_length CHECK (char_length(name) BETWEEN 1 AND 50),
  CONSTRAINT passkeys_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX passkeys_account_idx ON passkeys (account_id, created_at);

CREATE TABLE passkey_challenges (
  challenge  bytea NOT NULL,
  purpose    text NOT NULL,
  browser_id uuid NOT NULL,
  account_id uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT passkey_challenges_pkey PRIMARY KEY (challenge),
  CONSTRAINT passkey_challenges_length CHECK (octet_length(challenge) = 32),
  CONSTRAINT passkey_challenges_purpose_known CHECK (purpose IN ('ADD', 'SIGN_IN', 'SECOND_FACTOR', 'PROVE')),
  CONSTRAINT passkey_challenges_whose CHECK ((purpose = 'SIGN_IN') = (account_id IS NULL)),
  CONSTRAINT passkey_challenges_expire_later CHECK (created_at < expires_at),
  CONSTRAINT passkey_challenges_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX passkey_challenges_browser_idx ON passkey_challenges (browser_id);
CREATE INDEX passkey_challenges_account_idx ON passkey_challenges (account_id);
CREATE INDEX passkey_challenges_expires_idx ON passkey_challenges (expires_at);
