-- line: a link holder asks again ----------------------------------------------------------------------
-- The answer a request of whoever holds a ticket's link got, as idempotency_keys has those of
-- accounts: asking again with the same key gets the same one. Successes only.
CREATE TABLE ticket_answers (
  ticket_id uuid NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  response jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT ticket_answers_pkey PRIMARY KEY (ticket_id, key),
  CONSTRAINT ticket_answers_key_length CHECK (char_length(key) BETWEEN 1 AND 200),
  CONSTRAINT ticket_answers_ticket_fkey FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX ticket_answers_created_idx ON ticket_answers (created_at);
