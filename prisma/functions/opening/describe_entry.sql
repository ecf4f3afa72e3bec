-- An entry as enter_opening answers it.
CREATE OR REPLACE FUNCTION describe_entry(p_entry opening_entries, p_is_new boolean) RETURNS jsonb
LANGUAGE sql STABLE
RETURN jsonb_build_object('entry', jsonb_build_object(
  'entryId', p_entry.entry_id, 'enteredAt', iso_instant(p_entry.entered_at), 'inLobby', p_entry.in_lobby,
  'number', p_entry.number, 'cohort', p_entry.cohort),
  'isNew', p_is_new);
