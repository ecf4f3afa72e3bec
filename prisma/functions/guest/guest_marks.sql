-- What staff see of an entry of the guest book at a glance, with what is known of all who are merged into it:
-- {"id", "tags": [{"name", "color"}], "allergies", "dislikes"}. Null: no entry.
CREATE OR REPLACE FUNCTION guest_marks(p_entry uuid) RETURNS jsonb
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT jsonb_build_object(
    'id', p_entry,
    'tags', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'color', t.color) ORDER BY t.name COLLATE "C"), '[]')
               FROM guest_tags t
              WHERE t.id IN (SELECT m.tag_id FROM guest_tag_marks m WHERE m.guest_id = ANY (p.guests))),
    'allergies', (SELECT string_agg(DISTINCT d.allergies, ', ' ORDER BY d.allergies) FROM guest_diets d
                   WHERE d.guest_id = ANY (p.guests)),
    'dislikes', (SELECT string_agg(DISTINCT d.dislikes, ', ' ORDER BY d.dislikes) FROM guest_diets d
                  WHERE d.guest_id = ANY (p.guests)))
    FROM (SELECT ARRAY(SELECT guests_merged_with(p_entry)) AS guests) AS p
$$;
