-- Whether staff, or a diner who has cancelled a ticket, can still undo their last act on this
-- subject: for ten seconds it may not stand.
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
