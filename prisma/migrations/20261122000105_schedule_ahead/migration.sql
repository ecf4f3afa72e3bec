-- True: the service goes on making the dates behind the last one that its owner has made, so that
-- there is always something to book as far as the horizon reaches.
ALTER TABLE restaurants ADD COLUMN keeps_schedule boolean NOT NULL DEFAULT true;
