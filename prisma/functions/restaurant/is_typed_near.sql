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
