-- Forgets the guests that are the person of an account which is being erased: their restaurants keep the
-- reservations, without name and words, and what was sent stays as a record without content. Tags, note and
-- diet go with them, also those on an entry that they are merged into. Expects the guests and their
-- reservations locked.
CREATE OR REPLACE FUNCTION forget_guests_of(p_account uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_guests uuid[] := ARRAY(SELECT guests_of_account(p_account));
  v_reservations uuid[] := ARRAY(SELECT id FROM reservations WHERE guest_id = ANY (v_guests));
  v_entries uuid[];
BEGIN
  UPDATE notices n SET payload = jsonb_set(payload, '{reservations}', (
      SELECT jsonb_agg(CASE WHEN (party ->> 'guestId')::uuid = ANY (v_guests)
                       THEN party || '{"guestId": null, "dinerName": null, "note": null, "allergies": null}' ELSE party END
                       ORDER BY ordinal)
        FROM jsonb_array_elements(payload -> 'reservations') WITH ORDINALITY AS p (party, ordinal)))
   WHERE kind = 'DAY_SHEET' AND subject_id IN (SELECT restaurant_id FROM guests WHERE id = ANY (v_guests))
     AND EXISTS (SELECT FROM jsonb_array_elements(payload -> 'reservations') AS party
                  WHERE (party ->> 'guestId')::uuid = ANY (v_guests));
  -- A restaurant's Slack is told about notices that can't be delivered.
  PERFORM empty_notices(p_notices => ARRAY(
    SELECT n.id FROM notices n WHERE n.subject_id = ANY (v_reservations)
    UNION
    SELECT t.id FROM notices t JOIN notices n ON n.event_id = t.event_id
     WHERE t.kind = 'DELIVERY_TROUBLE' AND n.subject_id = ANY (v_reservations)));
  -- What was noted on an entry that theirs is merged into may be about them: nobody can tell any more.
  v_entries := ARRAY(SELECT merged_into FROM guests WHERE id = ANY (v_guests) AND merged_into IS NOT NULL);
  DELETE FROM guest_diets WHERE guest_id = ANY (v_entries);
  DELETE FROM guest_tag_marks WHERE guest_id = ANY (v_entries);
  UPDATE guests SET note = NULL, version = version + 1 WHERE id = ANY (v_entries);
  -- Who is merged into theirs has other contacts, and stays as an entry of its own.
  UPDATE guests SET merged_into = NULL WHERE merged_into = ANY (v_guests) AND id <> ALL (v_guests);
  UPDATE reservations SET guest_id = NULL, tells_guest = false, note = NULL, allergies = NULL, staff_note = NULL, dispute_text = NULL
   WHERE id = ANY (v_reservations);
  DELETE FROM guests WHERE id = ANY (v_guests);
END
$$;
