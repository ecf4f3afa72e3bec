-- A key that is published has not signed yet.
ALTER TABLE auth_keys
  ALTER COLUMN last_signed_at DROP NOT NULL,
  ALTER COLUMN last_signed_at DROP DEFAULT;
