-- A guest takes back that they are remembered: every ticket lets go of them, and who was written down for
-- their consent alone is deleted, with what staff noted since. Who is in the book for another reason stays: for
-- a reservation, as an account's diner, or because the restaurant knew them before. Who is merged into a deleted
-- guest stays, as an entry of their own. Locks the guest and those merged with it (who is merged before
-- entries), then the tickets in id order. False: no ticket of the guest is left (or there is no guest).
CREATE OR REPLACE FUNCTION forget_consenting_guest(p_guest uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_is_by_consent_alone boolean;
BEGIN
  PERFORM 1 FROM guests WHERE id IN (SELECT guests_merged_with(p_guest => p_guest))
    ORDER BY merged_into IS NULL, id FOR UPDATE;
  PERFORM 1 FROM tickets WHERE guest_id = p_guest ORDER BY id FOR UPDATE;
  UPDATE tickets SET guest_id = NULL WHERE guest_id = p_guest;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  SELECT g.consent_way IS NOT NULL AND g.account_id IS NULL
         AND NOT EXISTS (SELECT FROM reservations v WHERE v.guest_id = g.id)
    INTO v_is_by_consent_alone FROM guests g WHERE g.id = p_guest;
  IF v_is_by_consent_alone THEN
    UPDATE guests SET merged_into = NULL WHERE merged_into = p_guest;
    DELETE FROM guests WHERE id = p_guest;
  ELSE
    UPDATE guests SET consent_way = NULL, consented_at = NULL WHERE id = p_guest;
  END IF;
  RETURN true;
END
$$;
