-- The announced rate never changes; later rates are rows of their own.
CREATE OR REPLACE TRIGGER openings_announced_rate_stays BEFORE UPDATE ON openings FOR EACH ROW
  WHEN (OLD.announced_turns_per_second IS NOT NULL
        AND NEW.announced_turns_per_second IS DISTINCT FROM OLD.announced_turns_per_second)
  EXECUTE FUNCTION keep_announced_rate();
