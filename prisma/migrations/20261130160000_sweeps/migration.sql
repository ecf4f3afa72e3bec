-- When the last sweep ended, for what watches the service. A table of its own; nothing is rewritten.
CREATE TABLE sweeps (
  what text NOT NULL,
  ended_at timestamptz(3) NOT NULL DEFAULT now(),
  took_ms integer NOT NULL,
  failed_jobs integer NOT NULL,
  CONSTRAINT sweeps_pkey PRIMARY KEY (what)
);
