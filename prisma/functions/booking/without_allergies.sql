-- A notice's payload without the allergies of its party, or on a day sheet of any party.
CREATE OR REPLACE FUNCTION without_allergies(p_payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_payload
  || CASE WHEN p_payload ? 'allergies' THEN '{"allergies": null}' ELSE '{}' END::jsonb
  || CASE WHEN jsonb_typeof(p_payload -> 'reservations') = 'array' THEN jsonb_build_object('reservations', (
       SELECT coalesce(jsonb_agg(party || '{"allergies": null}' ORDER BY ordinal), '[]')
         FROM jsonb_array_elements(p_payload -> 'reservations') WITH ORDINALITY AS p (party, ordinal)))
     ELSE '{}' END;
