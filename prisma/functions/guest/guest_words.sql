-- The words under which the index guests_words finds a guest of one restaurant: each end of the name's key,
-- its initials after '#', and the phone's digits backwards after '~', because people say the last ones. Each
-- begins with the restaurant, so that a search reads nothing of another's book, however large it is. Names its
-- own path, because ANALYZE and a restore evaluate the index without one.
CREATE OR REPLACE FUNCTION guest_words(p_restaurant uuid, p_name text, p_phone text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000 SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_book constant text := replace(p_restaurant::text, '-', '');
  v_key constant text := replace(typed_key(p_name), ' ', '');
  v_initials constant text := typed_initials(p_name);
  v_words text[] := '{}';
BEGIN
  FOR place IN 1 .. length(v_key) LOOP
    v_words := v_words || (v_book || substr(v_key, place, 24));
  END LOOP;
  FOR place IN 1 .. length(v_initials) LOOP
    v_words := v_words || (v_book || '#' || substr(v_initials, place, 24));
  END LOOP;
  IF p_phone IS NOT NULL THEN
    v_words := v_words || (v_book || '~' || reverse(phone_key(p_phone)));
  END IF;
  RETURN array_to_tsvector(v_words);
END
$$;
