-- The digits of a phone number as people of its country dial it, '01012345678' of '+821012345678'
-- and of '010-1234-5678', so that a search finds either way of writing.
CREATE OR REPLACE FUNCTION phone_key(p_phone text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(p_phone, '^\s*\+82\D*0?', '0'), '\D', '', 'g');
