-- Signed-in browsers and API clients. Tokens from before have no row and live until they expire.
CREATE TABLE sessions (
  id           uuid NOT NULL DEFAULT gen_random_uuid(),
  account_id   uuid NOT NULL,
  epoch        integer NOT NULL,
  browser      text NOT NULL,
  system       text NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at   timestamptz(3) NOT NULL,
  proof        text,
  proved_at    timestamptz(3),
  CONSTRAINT sessions_pkey PRIMARY KEY (id),
  CONSTRAINT sessions_ninety_days CHECK (expires_at <= created_at + interval '2160 hours'),
  CONSTRAINT sessions_proof_known CHECK (proof IN ('PASSWORD', 'MAIL', 'PASSKEY')),
  CONSTRAINT sessions_proof_dated CHECK ((proof IS NULL) = (proved_at IS NULL)),
  CONSTRAINT sessions_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX sessions_account_idx ON sessions (account_id);
CREATE INDEX sessions_expires_idx ON sessions (expires_at);
