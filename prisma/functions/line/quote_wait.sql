-- The wait quoted with that many uncalled parties in front. The rule is that of the line's wait
-- rules in TypeScript, repeated here because the place is known only under the line's lock; a test
-- compares the two. `p_estimate` null: nothing is expected and nothing quoted. Without a share for
-- the place, or beyond six hours, nothing is quoted, but the basis is kept, so that the past can be
-- learned from.
CREATE OR REPLACE FUNCTION quote_wait(
  p_estimate jsonb, p_ahead integer,
  OUT basis_minutes double precision, OUT from_minutes integer, OUT to_minutes integer
)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  -- How many binary digits the number has: nobody, one, two or three, four to seven…
  v_share jsonb := p_estimate -> 'shares' -> least(8, length(ltrim(p_ahead::bit(31)::text, '0')));
BEGIN
  basis_minutes := (p_ahead + 1) * (p_estimate ->> 'minutesPerParty')::double precision;
  IF basis_minutes IS NULL OR v_share ->> 'high' IS NULL
     OR say_minutes(basis_minutes * (v_share ->> 'high')::double precision) > 360 THEN
    RETURN;
  END IF;
  from_minutes := say_minutes(basis_minutes * (v_share ->> 'low')::double precision);
  to_minutes := greatest(say_minutes(basis_minutes * (v_share ->> 'high')::double precision),
                         from_minutes + CASE WHEN from_minutes < 10 THEN 1 ELSE 5 END);
END
$$;
