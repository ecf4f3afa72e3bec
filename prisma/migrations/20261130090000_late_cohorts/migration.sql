-- Who comes after the opening is drawn too, in cohorts of so many seconds (decision 60). Openings announced
-- before keep their numbers.
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

-- How many cohorts of latecomers an opening can have: none where they are numbered.
CREATE OR REPLACE FUNCTION count_cohorts(p_opens_at timestamptz, p_gate_until timestamptz, p_seconds smallint) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_seconds IS NULL THEN 0 ELSE ceil(extract(epoch FROM p_gate_until - p_opens_at) / p_seconds)::integer END;

-- The published hash of an opening's secrets, in hex: of the lobby's, to which those of its cohorts hash.
CREATE OR REPLACE FUNCTION commit_to(p_end bytea, p_opens_at timestamptz, p_gate_until timestamptz, p_seconds smallint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(reveal_secret(p_end, count_cohorts(p_opens_at, p_gate_until, p_seconds))), 'hex');

ALTER TABLE openings
  -- How long a cohort of latecomers is. Null: latecomers are numbered.
  ADD COLUMN cohort_seconds smallint,
  -- The last cohort that is closed, whether or not anybody was in it.
  ADD COLUMN closed_cohort smallint NOT NULL DEFAULT 0,
  -- From then on who enters books at once, and so does who had not been drawn yet.
  ADD COLUMN direct_from timestamptz(3),
  ADD CONSTRAINT openings_cohorts_of_a_draw CHECK (cohort_seconds IS NULL OR (cohort_seconds > 0 AND order_by = 'DRAW')),
  ADD CONSTRAINT openings_direct_after_draw CHECK (direct_from IS NULL OR (cohort_seconds IS NOT NULL AND direct_from >= drawn_at)),
  DROP CONSTRAINT openings_commitment_holds;
-- The secret is the end of a chain: of the lobby's secret the hash is published, and each cohort's hashes to
-- the one before.
ALTER TABLE openings
  ADD CONSTRAINT openings_commitment_holds CHECK (
    commitment = commit_to(secret, opens_at, gate_until, cohort_seconds));

ALTER TABLE opening_entries
  -- Null: in the lobby, numbered, or after every turn had come.
  ADD COLUMN cohort smallint,
  ADD CONSTRAINT opening_entries_cohort_is_late CHECK (cohort IS NULL OR (cohort > 0 AND NOT in_lobby AND number IS NULL));
CREATE INDEX opening_entries_of_cohort ON opening_entries (opening_id, cohort) WHERE NOT in_lobby;

CREATE TABLE opening_cohorts (
  opening_id uuid NOT NULL,
  -- The first one begins at the opening.
  cohort smallint NOT NULL,
  frozen_at timestamptz(3) NOT NULL,
  entry_count integer NOT NULL,
  entries_hash text NOT NULL,
  -- Set once, together, when its round is known or was waited for in vain.
  drawn_at timestamptz(3),
  order_seed text,
  beacon_round bigint,
  beacon_value text,
  beacon_proof text,
  CONSTRAINT opening_cohorts_pkey PRIMARY KEY (opening_id, cohort),
  CONSTRAINT opening_cohorts_not_empty CHECK (cohort > 0 AND entry_count > 0),
  CONSTRAINT opening_cohorts_drawn_whole CHECK ((drawn_at IS NULL) = (order_seed IS NULL) AND drawn_at >= frozen_at),
  CONSTRAINT opening_cohorts_opening_fkey FOREIGN KEY (opening_id) REFERENCES openings (id) ON DELETE CASCADE ON UPDATE CASCADE
);

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

CREATE OR REPLACE TRIGGER opening_cohorts_frozen_stays BEFORE UPDATE ON opening_cohorts
  FOR EACH ROW EXECUTE FUNCTION keep_frozen_cohort();
