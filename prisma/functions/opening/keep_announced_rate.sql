-- Refuses (check_violation, openings_announced_rate_stays) a change of the announced rate.
CREATE OR REPLACE FUNCTION keep_announced_rate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an announced rate does not change' USING ERRCODE = 'check_violation',
    CONSTRAINT = 'openings_announced_rate_stays';
END
$$;
