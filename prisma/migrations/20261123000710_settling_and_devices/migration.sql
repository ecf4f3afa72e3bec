-- line: what may still be taken back, and who counts ------------------------------------------------
-- The same function; a party's own cancellation can be taken back too, and then what it overtook is
-- true again.
CREATE OR REPLACE FUNCTION is_act_settling(p_subject uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM audit_events e
     WHERE e.subject_id = p_subject
       AND (e.actor_role IN ('OWNER', 'STAFF', 'ADMIN')
            OR (e.actor_role = 'DINER' AND e.act = 'CANCEL' AND e.subject = 'TICKET'))
       AND e.act NOT IN ('NOTE', 'UNDO') AND e.undone_at IS NULL
       AND e.at > now() - interval '10 seconds')
$$;

-- The same function; as every other reader it leaves out who has left the service, whether or not
-- anybody has written that down.
CREATE OR REPLACE FUNCTION ticket_place(p_restaurant uuid, p_date date, p_rank numeric, p_at timestamptz) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT count(*)::integer + 1 FROM tickets
         WHERE restaurant_id = p_restaurant AND service_date = p_date AND rank < p_rank
           AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
           AND (channel = 'KIOSK' OR account_id IS NOT NULL)
           AND NOT (status = 'LAST_CALLED' AND lapses_at <= p_at));

-- notification: what ends every session ends every push -----------------------------------------------
-- A new password, signing out everywhere, a rightful owner taking an address over: whoever was signed
-- in before hears nothing more. What waits for a device goes by mail when its turn comes.
CREATE FUNCTION forget_devices() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM push_subscriptions WHERE account_id = NEW.id;
  NEW.notice_channels := '{MAIL}';
  RETURN NEW;
END
$$;
CREATE TRIGGER accounts_forget_devices BEFORE UPDATE OF session_epoch ON accounts FOR EACH ROW
  WHEN (OLD.session_epoch IS DISTINCT FROM NEW.session_epoch) EXECUTE FUNCTION forget_devices();
