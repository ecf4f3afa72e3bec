-- What a stranger needs to check an opening afterwards (G13 to G15): which turns were given and when,
-- which slot was taken when and by whose entry, and what exactly had been announced.

-- The first turn of each entry, written before it is answered. No reference to the entry: whoever
-- holds a receipt gets the turn even where the entry's row was lost, and the log shows it.
CREATE TABLE opening_turns (
  opening_id uuid NOT NULL,
  entry_id text NOT NULL,
  given_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT opening_turns_pkey PRIMARY KEY (opening_id, entry_id),
  CONSTRAINT opening_turns_entry_shape CHECK (entry_id ~ '^[0-9a-f]{32}$'),
  CONSTRAINT opening_turns_opening_fkey FOREIGN KEY (opening_id) REFERENCES openings (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- The rate that was announced; `opening_rates` has what it became. Null only until the first rate.
ALTER TABLE openings ADD COLUMN announced_turns_per_second double precision;
UPDATE openings o SET announced_turns_per_second =
  (SELECT turns_per_second FROM opening_rates r WHERE r.opening_id = o.id ORDER BY from_at LIMIT 1);

-- When a rate was set. Setting one for an instant that is past would move turns that have come.
ALTER TABLE opening_rates ADD COLUMN set_at timestamptz(3) NOT NULL DEFAULT clock_timestamp();

CREATE FUNCTION note_announced_rate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE openings SET announced_turns_per_second = NEW.turns_per_second
   WHERE id = NEW.opening_id AND announced_turns_per_second IS NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER opening_rates_first_is_announced AFTER INSERT ON opening_rates
  FOR EACH ROW EXECUTE FUNCTION note_announced_rate();

CREATE FUNCTION keep_announced_rate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an announced rate does not change' USING ERRCODE = 'check_violation',
    CONSTRAINT = 'openings_announced_rate_stays';
END
$$;
CREATE TRIGGER openings_announced_rate_stays BEFORE UPDATE ON openings FOR EACH ROW
  WHEN (OLD.announced_turns_per_second IS NOT NULL
        AND NEW.announced_turns_per_second IS DISTINCT FROM OLD.announced_turns_per_second)
  EXECUTE FUNCTION keep_announced_rate();

-- Since when a slot is taken by a reservation. By the clock of the insert, not of its transaction's
-- beginning: a slot that was given back in between would look taken twice.
ALTER TABLE reservation_slots ADD COLUMN taken_at timestamptz(3) NOT NULL DEFAULT clock_timestamp();
UPDATE reservation_slots c SET taken_at = r.created_at FROM reservations r WHERE r.id = c.reservation_id;

CREATE FUNCTION note_slot_taken_again() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.taken_at := clock_timestamp();
  RETURN NEW;
END
$$;
CREATE TRIGGER reservation_slots_taken_again BEFORE UPDATE OF released_at ON reservation_slots FOR EACH ROW
  WHEN (OLD.released_at IS NOT NULL AND NEW.released_at IS NULL)
  EXECUTE FUNCTION note_slot_taken_again();

-- The entry of a diner who has left the service since: without a name, but the order can be checked.
ALTER TABLE reservations ADD COLUMN entry_id text;
ALTER TABLE reservations ADD CONSTRAINT reservations_entry_shape CHECK (entry_id ~ '^[0-9a-f]{32}$');

CREATE FUNCTION keep_entry_of_reservation() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  SELECT e.entry_id INTO NEW.entry_id
    FROM openings o JOIN opening_entries e ON e.opening_id = o.id AND e.account_id = OLD.diner_id
   WHERE o.restaurant_id = OLD.restaurant_id AND o.service_date = OLD.service_date AND o.cancelled_at IS NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER reservations_keep_entry BEFORE UPDATE OF diner_id ON reservations FOR EACH ROW
  WHEN (OLD.diner_id IS NOT NULL AND NEW.diner_id IS NULL AND NEW.entry_id IS NULL)
  EXECUTE FUNCTION keep_entry_of_reservation();
