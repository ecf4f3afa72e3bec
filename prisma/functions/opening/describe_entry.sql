-- An entry as enter_opening answers it.
CREATE OR REPLACE FUNCTION describe_entry(p_entry text, p_entered_at timestamptz, p_in_lobby boolean, p_number integer, p_is_new boolean) RETURNS jsonb
LANGUAGE sql STABLE
RETURN jsonb_build_object('entry', jsonb_build_object(
  'entryId', p_entry, 'enteredAt', iso_instant(p_entered_at), 'inLobby', p_in_lobby, 'number', p_number),
  'isNew', p_is_new);
