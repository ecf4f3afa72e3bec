CREATE TABLE opening_reminders (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  opening_id uuid NOT NULL,
  account_id uuid NOT NULL,
  about text NOT NULL,
  asked_at timestamptz(3) NOT NULL DEFAULT now(),
  comes_at timestamptz(3),
  due_at timestamptz(3),
  computed_from timestamptz(3),
  settled_at timestamptz(3),
  cancel_told_at timestamptz(3),
  CONSTRAINT opening_reminders_pkey PRIMARY KEY (id),
  CONSTRAINT opening_reminders_opening_fkey FOREIGN KEY (opening_id) REFERENCES openings (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT opening_reminders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT opening_reminders_about_known CHECK (about IN ('OPENING', 'TURN')),
  CONSTRAINT opening_reminders_due_whole CHECK ((comes_at IS NULL) = (due_at IS NULL) AND (comes_at IS NOT NULL OR about = 'TURN'))
);
CREATE UNIQUE INDEX opening_reminders_once ON opening_reminders (opening_id, account_id, about);
CREATE INDEX opening_reminders_account_idx ON opening_reminders (account_id);
CREATE INDEX opening_reminders_due_idx ON opening_reminders (due_at) WHERE settled_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX opening_reminders_turns_idx ON opening_reminders (opening_id, computed_from) WHERE about = 'TURN' AND settled_at IS NULL;
CREATE INDEX opening_reminders_uncancelled_idx ON opening_reminders (opening_id) WHERE cancel_told_at IS NULL;
