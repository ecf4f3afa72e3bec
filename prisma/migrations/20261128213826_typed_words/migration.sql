-- A text as searches compare it: in lower case, of one width, without accents, hyphens and invisible
-- marks, with single spaces, and Hangul as the letters that are typed for it ('값' is ㄱㅏㅂㅅ), so
-- that a name is found while its last syllable is being typed. lib/text/search.ts reads keywords the
-- same way. Indexes hold its results: who changes it rebuilds them in the same migration.
CREATE OR REPLACE FUNCTION typed_key(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    btrim(regexp_replace(regexp_replace(lower(normalize(p_text, NFKD)), '[\u00AD\u0300-\u036F\u200B-\u200F\u2010-\u2015\u202A-\u202E\u2060-\u2069\u2212\uFEFF\uFE00-\uFE0F-]+', '', 'g'), '\s+', ' ', 'g')),
    E'\u116A', 'ㅗㅏ'), E'\u116B', 'ㅗㅐ'), E'\u116C', 'ㅗㅣ'),
    E'\u116F', 'ㅜㅓ'), E'\u1170', 'ㅜㅔ'), E'\u1171', 'ㅜㅣ'),
    E'\u1174', 'ㅡㅣ'), E'\u11AA', 'ㄱㅅ'), E'\u11AC', 'ㄴㅈ'),
    E'\u11AD', 'ㄴㅎ'), E'\u11B0', 'ㄹㄱ'), E'\u11B1', 'ㄹㅁ'),
    E'\u11B2', 'ㄹㅂ'), E'\u11B3', 'ㄹㅅ'), E'\u11B4', 'ㄹㅌ'),
    E'\u11B5', 'ㄹㅍ'), E'\u11B6', 'ㄹㅎ'), E'\u11B9', 'ㅂㅅ'),
  E'\u1100\u1101\u1102\u1103\u1104\u1105\u1106\u1107\u1108\u1109\u110A\u110B\u110C\u110D\u110E\u110F\u1110'
    '\u1111\u1112\u1161\u1162\u1163\u1164\u1165\u1166\u1167\u1168\u1169\u116D\u116E\u1172\u1173\u1175\u11A8'
    '\u11A9\u11AB\u11AE\u11AF\u11B7\u11B8\u11BA\u11BB\u11BC\u11BD\u11BE\u11BF\u11C0\u11C1\u11C2',
  'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣㄱㄲㄴㄷㄹㅁㅂㅅㅆㅇㅈㅊㅋㅌㅍㅎ');

-- The first consonants of a name without spaces, 'ㄱㅁㅅ' of '김민수': Koreans look names up by them.
-- Other letters stay. lib/text/search.ts reads keywords the same way.
CREATE OR REPLACE FUNCTION typed_initials(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
  regexp_replace(lower(normalize(p_text, NFKD)), '[\s\u1161-\u1175\u11A8-\u11C2\u00AD\u0300-\u036F\u200B-\u200F\u2010-\u2015\u202A-\u202E\u2060-\u2069\u2212\uFEFF\uFE00-\uFE0F-]+', '', 'g'),
  E'\u1100\u1101\u1102\u1103\u1104\u1105\u1106\u1107\u1108\u1109\u110A\u110B\u110C\u110D\u110E\u110F\u1110'
    '\u1111\u1112',
  'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ');

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

-- The digits of a phone number as people of its country dial it, '01012345678' of '+821012345678'
-- and of '010-1234-5678', so that a search finds either way of writing.
CREATE OR REPLACE FUNCTION phone_key(p_phone text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(p_phone, '^\s*\+82\D*0?', '0'), '\D', '', 'g');

-- What a search for a person looks in: name, address and phone. The index accounts_words holds it.
CREATE OR REPLACE FUNCTION account_words(p_name text, p_email text, p_phone text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN typed_words(
  p_keys => ARRAY[replace(typed_key(p_name), ' ', ''), typed_key(p_email), phone_key(p_phone)],
  p_names => '{}',
  p_initials => ARRAY[typed_initials(p_name)]);

-- What a search for a restaurant looks in. Names and places are found across their spaces, a
-- description by its words. The index restaurants_words holds it.
CREATE OR REPLACE FUNCTION restaurant_words(
  p_slug text, p_name text, p_name_en text, p_region text, p_category text, p_address text,
  p_description text, p_description_en text
) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN typed_words(
  p_keys => ARRAY[replace(typed_key(p_region), ' ', ''), replace(typed_key(p_category), ' ', ''),
                  replace(typed_key(p_address), ' ', ''), typed_key(p_description), typed_key(p_description_en)],
  p_names => ARRAY[typed_key(p_slug), replace(typed_key(p_name), ' ', ''), replace(typed_key(p_name_en), ' ', '')],
  p_initials => ARRAY[typed_initials(p_name), typed_initials(p_name_en), typed_initials(p_region), typed_initials(p_category)]);

-- Whether a text contains the asked letters with at most so many of them wrong, missing or too many.
-- Both are keys (typed_key). Costs their lengths multiplied, so callers bound the candidates.
CREATE OR REPLACE FUNCTION is_typed_near(p_text text, p_asked text, p_most integer) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  v_letters text[] := string_to_array(p_text, NULL);
  v_asked text[] := string_to_array(p_asked, NULL);
  v_before integer[] := ARRAY(SELECT generate_series(0, length(p_asked)));
  v_errors integer[];
BEGIN
  -- v_errors[n + 1]: the fewest errors of the first n asked letters, at any place up to this letter.
  FOR at IN 1 .. coalesce(cardinality(v_letters), 0) LOOP
    v_errors := ARRAY[0];
    FOR n IN 1 .. cardinality(v_asked) LOOP
      v_errors[n + 1] := least(
        v_before[n] + (v_letters[at] <> v_asked[n])::integer,
        v_before[n + 1] + 1,
        v_errors[n] + 1);
    END LOOP;
    IF v_errors[cardinality(v_asked) + 1] <= p_most THEN
      RETURN true;
    END IF;
    v_before := v_errors;
  END LOOP;
  RETURN false;
END
$$;

CREATE INDEX accounts_words ON accounts USING gin (account_words(name, email, phone));
CREATE INDEX restaurants_words ON restaurants
  USING gin (restaurant_words(slug, name, name_en, region, category, address, description, description_en));
