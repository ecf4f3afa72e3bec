-- The mailbox that an address leads to, for counting and comparing, never for sending: of providers
-- known to ignore them, what follows a "+", the dots of a name, and which of two domains is written
-- (docs/decisions/0038-one-draw-a-mailbox.md). At the others "+" may belong to a name. Indexes are built
-- with it: a change builds them anew.
CREATE OR REPLACE FUNCTION mailbox_key(p_email text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT CASE
           WHEN domain IN ('gmail.com', 'googlemail.com') THEN replace(untagged, '.', '') || '@gmail.com'
           WHEN domain IN ('daum.net', 'hanmail.net') THEN untagged || '@daum.net'
           WHEN domain IN ('icloud.com', 'me.com', 'mac.com') THEN untagged || '@icloud.com'
           WHEN domain IN ('outlook.com', 'outlook.kr', 'hotmail.com', 'live.com', 'live.co.kr', 'msn.com',
                           'naver.com', 'kakao.com') THEN untagged || '@' || domain
           ELSE name || '@' || domain
         END
    FROM (SELECT name, domain, regexp_replace(name, '^([^+]+)\+.*$', '\1') AS untagged
            FROM (SELECT lower(regexp_replace(p_email, '@[^@]*$', '')) AS name,
                         lower(regexp_replace(p_email, '^.*@', '')) AS domain) AS parts) AS address);
