-- The words under which an index finds a text by any part of it: each end of each word of its keys,
-- as far as a part is compared (24 letters, about eight syllables). Prefix searches then answer
-- "contains", without an extension that an operator's database may lack. Names are listed once more
-- with '=' before them, and initials with '#'.
CREATE OR REPLACE FUNCTION typed_words(p_keys text[], p_names text[], p_initials text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000
AS $$
DECLARE
  v_key text;
  v_word text;
  v_ends text[] := '{}';
BEGIN
  FOREACH v_key IN ARRAY p_keys LOOP
    FOREACH v_word IN ARRAY string_to_array(coalesce(v_key, ''), ' ') LOOP
      FOR place IN 1 .. length(v_word) LOOP
        v_ends := v_ends || substr(v_word, place, 24);
      END LOOP;
    END LOOP;
  END LOOP;
  FOREACH v_word IN ARRAY p_names LOOP
    FOR place IN 1 .. coalesce(length(v_word), 0) LOOP
      v_ends := v_ends || ARRAY[substr(v_word, place, 24), '=' || substr(v_word, place, 24)];
    END LOOP;
  END LOOP;
  FOREACH v_word IN ARRAY p_initials LOOP
    FOR place IN 1 .. coalesce(length(v_word), 0) LOOP
      v_ends := v_ends || ('#' || substr(v_word, place, 24));
    END LOOP;
  END LOOP;
  RETURN array_to_tsvector(v_ends);
END
$$;
