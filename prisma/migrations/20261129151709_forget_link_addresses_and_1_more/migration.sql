-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION forget_link_addresses() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- The request's id would lead to the logs.
  UPDATE audit_events SET address = NULL, request_id = NULL
   WHERE subject_id = NEW.id AND actor_role = 'DINER' AND actor_id IS NULL;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER reservations_forget_addresses AFTER UPDATE OF guest_id ON reservations FOR EACH ROW
  WHEN (OLD.guest_id IS NOT NULL AND NEW.guest_id IS NULL)
  EXECUTE FUNCTION forget_link_addresses();
