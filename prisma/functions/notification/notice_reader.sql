-- Who reads a notice, as long as it is the same person: an account, whatever its address is by now;
-- without an account, or for a kind that belongs to a mailbox, the address.
CREATE OR REPLACE FUNCTION notice_reader(p_kind text, p_account uuid, p_recipient text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_account IS NULL OR is_kept_by_mailbox(p_kind) THEN p_recipient ELSE p_account::text END;
