-- Planning openings: taking one back, repeating it every day, and the instant of a service date and of
-- its opening as one truth.

-- Only before its instant: afterwards people hold turns that were promised to them.
ALTER TABLE openings
  -- Why it was taken back, for those who wait; null: it stands.
  ADD COLUMN cancelled_for text,
  ADD CONSTRAINT openings_cancelled_before CHECK (cancelled_at < opens_at),
  ADD CONSTRAINT openings_cancelled_whole CHECK ((cancelled_at IS NULL) = (cancelled_for IS NULL)),
  ADD CONSTRAINT openings_cancelled_for_length CHECK (char_length(cancelled_for) BETWEEN 1 AND 200);

-- The same, and the instants of lobby and gate; what was taken back stays so.
CREATE OR REPLACE FUNCTION keep_announced_opening() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.restaurant_id, NEW.service_date, NEW.lobby_opens_at, NEW.opens_at, NEW.gate_until, NEW.order_by,
      NEW.secret, NEW.commitment, NEW.beacon, NEW.beacon_round)
     IS DISTINCT FROM
     (OLD.restaurant_id, OLD.service_date, OLD.lobby_opens_at, OLD.opens_at, OLD.gate_until, OLD.order_by,
      OLD.secret, OLD.commitment, OLD.beacon, OLD.beacon_round)
     OR (OLD.cancelled_at IS NOT NULL AND (NEW.cancelled_at, NEW.cancelled_for)
         IS DISTINCT FROM (OLD.cancelled_at, OLD.cancelled_for))
     OR (OLD.frozen_at IS NOT NULL AND (NEW.frozen_at, NEW.entry_count, NEW.entries_hash)
         IS DISTINCT FROM (OLD.frozen_at, OLD.entry_count, OLD.entries_hash))
     OR (OLD.drawn_at IS NOT NULL AND (NEW.drawn_at, NEW.order_seed, NEW.beacon_value)
         IS DISTINCT FROM (OLD.drawn_at, OLD.order_seed, OLD.beacon_value)) THEN
    RAISE EXCEPTION 'an announced opening does not change' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'openings_announced_stays';
  END IF;
  RETURN NEW;
END
$$;

CREATE INDEX openings_by_instant ON openings (opens_at, id);
CREATE INDEX openings_of_restaurant ON openings (restaurant_id, opens_at, id);

ALTER TABLE opening_habits
  ADD COLUMN active boolean NOT NULL DEFAULT true,
  -- Since when it is as it is. Its first opening comes a day later at the earliest.
  ADD COLUMN since timestamptz(3) NOT NULL DEFAULT now();

-- A service date opens when its announced opening does. A schedule that is made after the announcement
-- gets that instant, whoever makes it; nothing gives it another. Maker and announcer meet at an
-- advisory lock on the date, because neither sees the other's row before it is committed.
CREATE FUNCTION keep_opening_instant() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_opens_at timestamptz;
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM lock_opening_date(NEW.restaurant_id, NEW.service_date);
  ELSIF NEW.opens_at IS NOT DISTINCT FROM OLD.opens_at THEN
    RETURN NEW;
  END IF;
  SELECT opens_at INTO v_opens_at FROM openings
   WHERE restaurant_id = NEW.restaurant_id AND service_date = NEW.service_date AND cancelled_at IS NULL;
  IF FOUND AND TG_OP = 'INSERT' THEN
    NEW.opens_at := v_opens_at;
  ELSIF FOUND AND NEW.opens_at IS DISTINCT FROM v_opens_at THEN
    RAISE EXCEPTION 'the date opens with its opening' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'service_dates_opens_with_opening';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION lock_opening_date(p_restaurant uuid, p_date date) RETURNS void
LANGUAGE sql
RETURN pg_advisory_xact_lock(hashtextextended(p_restaurant::text || ' ' || p_date::text, 6));

CREATE TRIGGER service_dates_opens_with_opening BEFORE INSERT OR UPDATE OF opens_at ON service_dates
  FOR EACH ROW EXECUTE FUNCTION keep_opening_instant();
