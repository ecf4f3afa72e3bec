-- Refuses (check_violation, openings_announced_stays) any change to what was announced: date,
-- instants, order, what names an entry and by which key, once it has one, secret, commitment and
-- beacon and cohorts. A cancellation, a freeze, a draw and the end of the draws are final too.
CREATE OR REPLACE FUNCTION keep_announced_opening() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.restaurant_id, NEW.service_date, NEW.lobby_opens_at, NEW.opens_at, NEW.gate_until, NEW.order_by,
      NEW.entry_by, NEW.secret, NEW.commitment, NEW.beacon, NEW.beacon_round, NEW.cohort_seconds)
     IS DISTINCT FROM
     (OLD.restaurant_id, OLD.service_date, OLD.lobby_opens_at, OLD.opens_at, OLD.gate_until, OLD.order_by,
      OLD.entry_by, OLD.secret, OLD.commitment, OLD.beacon, OLD.beacon_round, OLD.cohort_seconds)
     OR (OLD.entry_key IS NOT NULL AND NEW.entry_key IS DISTINCT FROM OLD.entry_key)
     OR (OLD.cancelled_at IS NOT NULL AND (NEW.cancelled_at, NEW.cancelled_for)
         IS DISTINCT FROM (OLD.cancelled_at, OLD.cancelled_for))
     OR (OLD.frozen_at IS NOT NULL AND (NEW.frozen_at, NEW.entry_count, NEW.entries_hash)
         IS DISTINCT FROM (OLD.frozen_at, OLD.entry_count, OLD.entries_hash))
     OR (OLD.drawn_at IS NOT NULL AND (NEW.drawn_at, NEW.order_seed, NEW.beacon_value)
         IS DISTINCT FROM (OLD.drawn_at, OLD.order_seed, OLD.beacon_value))
     OR NEW.closed_cohort < OLD.closed_cohort
     OR (OLD.direct_from IS NOT NULL AND NEW.direct_from IS DISTINCT FROM OLD.direct_from) THEN
    RAISE EXCEPTION 'an announced opening does not change' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'openings_announced_stays';
  END IF;
  RETURN NEW;
END
$$;
