-- sha256 over the sorted ids of entries, one after the other, in hex; of none where it is null.
CREATE OR REPLACE FUNCTION hash_entries(p_ids text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(convert_to(coalesce(
  (SELECT string_agg(id, '' ORDER BY id COLLATE "C") FROM unnest(p_ids) AS id), ''), 'UTF8')), 'hex');
