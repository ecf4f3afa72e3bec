-- A cohort that is frozen, or drawn, does not change.
CREATE OR REPLACE TRIGGER opening_cohorts_frozen_stays BEFORE UPDATE ON opening_cohorts
  FOR EACH ROW EXECUTE FUNCTION keep_frozen_cohort();
