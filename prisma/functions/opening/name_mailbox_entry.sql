-- Names the entry of a mailbox in an opening: the first 128 bits of an HMAC over the mailbox
-- (RFC 2104), by a key of this opening alone. `p_key` is that key in its two padded blocks of 64
-- bytes each, the inner one first.
CREATE OR REPLACE FUNCTION name_mailbox_entry(p_key bytea, p_email text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN left(encode(sha256(
  substring(p_key FROM 65) || sha256(substring(p_key FROM 1 FOR 64) || convert_to(mailbox_key(p_email), 'UTF8'))), 'hex'), 32);
