-- One secret of a chain, that many hashes before its end, which is the one that is stored. Who knows a
-- secret knows all that come before it, and none that come after.
CREATE OR REPLACE FUNCTION reveal_secret(p_end bytea, p_steps integer) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  FOR i IN 1..p_steps LOOP
    p_end := sha256(p_end);
  END LOOP;
  RETURN p_end;
END
$$;
