-- The first consonants of a name without spaces, 'ㄱㅁㅅ' of '김민수': Koreans look names up by them.
-- Other letters stay. lib/text/search.ts reads keywords the same way.
CREATE OR REPLACE FUNCTION typed_initials(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
  regexp_replace(lower(normalize(p_text, NFKD)), '[\s\u1161-\u1175\u11A8-\u11C2\u00AD\u0300-\u036F\u200B-\u200F\u2010-\u2015\u202A-\u202E\u2060-\u2069\u2212\uFEFF\uFE00-\uFE0F-]+', '', 'g'),
  E'\u1100\u1101\u1102\u1103\u1104\u1105\u1106\u1107\u1108\u1109\u110A\u110B\u110C\u110D\u110E\u110F\u1110'
    '\u1111\u1112',
  'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ');
