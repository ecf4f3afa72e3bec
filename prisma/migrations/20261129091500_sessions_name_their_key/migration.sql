-- A session names the key that signed its token, so that readiness can say how long an old one is needed.
ALTER TABLE sessions ADD COLUMN key_id text;
CREATE INDEX sessions_key_idx ON sessions (key_id, expires_at);
