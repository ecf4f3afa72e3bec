-- A service date opens when its announced opening does. A schedule made after the announcement gets
-- that instant; any other is refused (check_violation, service_dates_opens_with_opening). Maker and
-- announcer meet at lock_opening_date, because neither sees the other's row before its commit.
CREATE OR REPLACE FUNCTION keep_opening_instant() RETURNS trigger
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
