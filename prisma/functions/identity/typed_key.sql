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
