-- A guest without an account acts by a mailed link; once the guest is forgotten, the audit log keeps
-- what was done and when, but not from where. Runs with the rights of the tables' owner, because the
-- application's role can't change the audit log.
CREATE OR REPLACE FUNCTION forget_link_addresses() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- The request's id would lead to the logs.
  UPDATE audit_events SET address = NULL, request_id = NULL
   -- The reservation of a guest, or the guest whose row is deleted.
   WHERE subject_id = coalesce(NEW.id, OLD.id) AND actor_role = 'DINER' AND actor_id IS NULL;
  RETURN NULL;
END
$$;
