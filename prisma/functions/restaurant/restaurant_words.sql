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
