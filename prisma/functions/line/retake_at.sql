-- From when on a person may take one more ticket; null: at once. An account that has left lines of
-- its own accord more than twice within an hour waits from the last time on, five minutes longer with
-- each. A contact has at most four tickets an hour, at whichever restaurants: each of them writes to
-- it.
CREATE OR REPLACE FUNCTION retake_at(p_account uuid, p_phone text, p_email text, p_at timestamptz) RETURNS timestamptz
LANGUAGE plpgsql AS $$
DECLARE
  v_until timestamptz;
  v_fourth timestamptz;
BEGIN
  IF p_account IS NOT NULL THEN
    SELECT max(ended_at) + make_interval(mins => 5 * (count(*)::integer - 2)) INTO v_until
      FROM tickets
     WHERE account_id = p_account AND taken_at > p_at - interval '1 day' AND status = 'CANCELLED'
       AND cancelled_by = 'DINER' AND ended_at > p_at - interval '1 hour'
    HAVING count(*) > 2;
  END IF;
  IF p_phone IS NOT NULL THEN
    SELECT taken_at INTO v_fourth FROM tickets
     WHERE contact_phone = p_phone AND taken_at > p_at - interval '1 hour' ORDER BY taken_at DESC OFFSET 3 LIMIT 1;
    v_until := greatest(v_until, v_fourth + interval '1 hour');
  END IF;
  IF p_email IS NOT NULL THEN
    SELECT taken_at INTO v_fourth FROM tickets
     WHERE mailbox_key(contact_email) = mailbox_key(p_email) AND taken_at > p_at - interval '1 hour'
     ORDER BY taken_at DESC OFFSET 3 LIMIT 1;
    v_until := greatest(v_until, v_fourth + interval '1 hour');
  END IF;
  RETURN CASE WHEN v_until > p_at THEN v_until END;
END
$$;
