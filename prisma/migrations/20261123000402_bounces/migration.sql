-- Addresses that refused a mail for good, or whose owner called one spam. Nothing but what somebody
-- asks for there and then is mailed to them, until a link mailed to them was used after that.
CREATE TABLE mail_refusals (
  address text NOT NULL,
  kind text NOT NULL,
  reason text NOT NULL,
  refused_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT mail_refusals_pkey PRIMARY KEY (address),
  CONSTRAINT mail_refusals_address_lower_case CHECK (address = lower(address)),
  CONSTRAINT mail_refusals_kind_known CHECK (kind IN ('BOUNCE', 'COMPLAINT'))
);

-- Reports of mail providers that were taken in, so that none is taken in twice. Older ones than a day
-- are refused by their own timestamp.
CREATE TABLE mail_reports (
  id text NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT mail_reports_pkey PRIMARY KEY (id),
  CONSTRAINT mail_reports_id_length CHECK (char_length(id) BETWEEN 1 AND 200)
);
CREATE INDEX mail_reports_received_idx ON mail_reports (received_at);

-- Null: no provider has reported that it came back.
ALTER TABLE notices ADD COLUMN bounced_at timestamptz(3);

CREATE FUNCTION is_mail_refused(p_address text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM mail_refusals m
     WHERE m.address = lower(p_address) AND NOT EXISTS (
       SELECT FROM accounts a JOIN account_links l ON l.account_id = a.id
        WHERE a.email = m.address AND l.email = m.address AND l.used_at > m.refused_at))
$$;
