-- How openings were expected to go. A table of its own; nothing is rewritten.
CREATE TABLE opening_rehearsals (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  opening_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  outcome jsonb NOT NULL,
  CONSTRAINT opening_rehearsals_pkey PRIMARY KEY (id),
  CONSTRAINT opening_rehearsals_opening_fkey FOREIGN KEY (opening_id) REFERENCES openings (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX opening_rehearsals_opening_idx ON opening_rehearsals (opening_id, at);
