-- Whether a kind of notice belongs to a mailbox instead of a person: links that only its reader may
-- use, and warnings that its earlier reader must see. They never follow a change of address.
CREATE OR REPLACE FUNCTION is_kept_by_mailbox(p_kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_kind IN ('CONFIRM_ADDRESS', 'SIGN_IN_LINK', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'ALREADY_REGISTERED',
                  'PROOF_CODE', 'ADDRESS_CHANGED', 'PASSWORD_CHANGED', 'LOGIN_CONNECTED', 'PASSKEY_ADDED',
                  'PASSKEY_REMOVED', 'PASSKEY_NOT_NEEDED', 'PASSKEY_LOST', 'STAFF_INVITED');
