-- Whether an address has permanently refused mail, or reported it as spam, and no link mailed to it
-- has been used since.
CREATE OR REPLACE FUNCTION is_mail_refused(p_address text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM mail_refusals m
     WHERE m.address = lower(p_address) AND NOT EXISTS (
       SELECT FROM accounts a JOIN account_links l ON l.account_id = a.id
        WHERE a.email = m.address AND l.email = m.address AND l.used_at > m.refused_at))
$$;
