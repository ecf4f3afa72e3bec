-- When backups ended, as the operator reports them. A table of its own; nothing is rewritten.
CREATE TABLE backups (
  ended_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT backups_pkey PRIMARY KEY (ended_at)
);
