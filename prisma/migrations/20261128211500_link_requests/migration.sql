-- A mail that a browser asked for: where that browser goes on, and how it may use the mail's code.
CREATE TABLE link_requests (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  purpose text NOT NULL,
  email text NOT NULL,
  -- Null: nothing was mailed, which the browser can't tell.
  link_id uuid,
  browser text NOT NULL,
  system text NOT NULL,
  return_path text NOT NULL,
  -- What was typed where the visitor goes on, by the name of its field.
  texts jsonb NOT NULL DEFAULT '{}',
  code_tries smallint NOT NULL DEFAULT 0,
  code_used_at timestamptz(3),
  number smallint NOT NULL,
  choices smallint[] NOT NULL,
  picked_number smallint,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT link_requests_pkey PRIMARY KEY (id),
  CONSTRAINT link_requests_purpose_known CHECK (purpose IN ('CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD')),
  CONSTRAINT link_requests_return_here CHECK (return_path ~ '^/([^/\\]|$)'),
  CONSTRAINT link_requests_five_tries CHECK (code_tries BETWEEN 0 AND 5),
  CONSTRAINT link_requests_three_choices CHECK (cardinality(choices) = 3 AND number = ANY (choices)),
  CONSTRAINT link_requests_expires_later CHECK (created_at < expires_at),
  CONSTRAINT link_requests_link_fkey FOREIGN KEY (link_id) REFERENCES account_links (id) ON DELETE CASCADE ON UPDATE CASCADE
);
-- A link belongs to one browser's request.
CREATE UNIQUE INDEX link_requests_link_key ON link_requests (link_id);
CREATE INDEX link_requests_created_idx ON link_requests (created_at);
