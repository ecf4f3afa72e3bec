-- When a session's person last showed a passkey in it. The version before neither writes nor reads it.
ALTER TABLE sessions ADD COLUMN passkey_at timestamptz(3);
