CREATE TABLE guest_imports (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  restaurant_id uuid NOT NULL,
  account_id uuid,
  dry_run boolean NOT NULL,
  state text NOT NULL DEFAULT 'RUNNING',
  lines integer NOT NULL,
  lines_done integer NOT NULL DEFAULT 0,
  counts jsonb NOT NULL,
  ignored_columns text[] NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  worked_at timestamptz(3) NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  CONSTRAINT guest_imports_pkey PRIMARY KEY (id),
  CONSTRAINT guest_imports_restaurant_fkey FOREIGN KEY (restaurant_id) REFERENCES restaurants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT guest_imports_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT guest_imports_state_known CHECK (state IN ('RUNNING', 'DONE', 'FAILED')),
  CONSTRAINT guest_imports_lines_done_within CHECK (lines_done BETWEEN 0 AND lines)
);
CREATE INDEX guest_imports_account_idx ON guest_imports (account_id);
CREATE INDEX guest_imports_created_idx ON guest_imports (created_at);
-- Two long lists at once would wait for each other's guests.
CREATE UNIQUE INDEX guest_imports_one_running ON guest_imports (restaurant_id) WHERE state = 'RUNNING';

CREATE TABLE guest_import_parts (
  import_id uuid NOT NULL,
  part integer NOT NULL,
  lines jsonb,
  verdicts jsonb,
  CONSTRAINT guest_import_parts_pkey PRIMARY KEY (import_id, part),
  CONSTRAINT guest_import_parts_import_fkey FOREIGN KEY (import_id) REFERENCES guest_imports (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- What a line says of a person goes with its verdict.
  CONSTRAINT guest_import_parts_lines_until_verdicts CHECK (num_nulls(lines, verdicts) > 0)
);
