-- What people agreed to, and when.
CREATE TABLE agreements (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  account_id uuid NOT NULL,
  kind text NOT NULL,
  version text NOT NULL,
  given boolean NOT NULL DEFAULT true,
  at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agreements_pkey PRIMARY KEY (id),
  CONSTRAINT agreements_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT agreements_kind_known
    CHECK (kind IN ('TERMS', 'AGE_14', 'PRIVACY_NOTICE', 'MARKETING', 'GUEST_HEALTH')),
  CONSTRAINT agreements_version_is_a_day CHECK (version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  CONSTRAINT agreements_only_consents_end CHECK (given OR kind IN ('MARKETING', 'GUEST_HEALTH'))
);
CREATE INDEX agreements_account_idx ON agreements (account_id, kind, at);

CREATE OR REPLACE FUNCTION keep_agreement() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM accounts WHERE id = OLD.account_id) THEN
    RAISE EXCEPTION 'an agreement does not change' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'agreements_append_only';
  END IF;
  RETURN OLD;
END
$$;

CREATE OR REPLACE TRIGGER agreements_append_only BEFORE UPDATE OR DELETE ON agreements
  FOR EACH ROW EXECUTE FUNCTION keep_agreement();
