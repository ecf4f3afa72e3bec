-- Refuses (check_violation, agreements_append_only) any change of an agreement, and its deletion
-- unless its account is deleted, and the agreement with it.
CREATE OR REPLACE FUNCTION keep_agreement() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM accounts WHERE id = OLD.account_id) THEN
    RAISE EXCEPTION 'an agreement does not change' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'agreements_append_only';
  END IF;
  RETURN OLD;
END
$$;
