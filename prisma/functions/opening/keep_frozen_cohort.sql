-- Refuses (check_violation, opening_cohorts_frozen_stays) any change to a cohort that is frozen, and to its
-- order once it is drawn.
CREATE OR REPLACE FUNCTION keep_frozen_cohort() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.opening_id, NEW.cohort, NEW.frozen_at, NEW.entry_count, NEW.entries_hash)
     IS DISTINCT FROM (OLD.opening_id, OLD.cohort, OLD.frozen_at, OLD.entry_count, OLD.entries_hash)
     OR (OLD.drawn_at IS NOT NULL AND (NEW.drawn_at, NEW.order_seed, NEW.beacon_round, NEW.beacon_value)
         IS DISTINCT FROM (OLD.drawn_at, OLD.order_seed, OLD.beacon_round, OLD.beacon_value)) THEN
    RAISE EXCEPTION 'a frozen cohort does not change' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'opening_cohorts_frozen_stays';
  END IF;
  RETURN NEW;
END
$$;
