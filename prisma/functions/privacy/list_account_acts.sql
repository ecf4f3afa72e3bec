-- What an account did and what was done to it, up to an instant, in its order: the next so many after an
-- act, or the first ones. Reads no more rows than that of either kind. Details of acts on somebody or
-- something else are left out: they may name others.
CREATE OR REPLACE FUNCTION list_account_acts(
  p_account uuid, p_until timestamptz, p_after_at timestamptz, p_after_id uuid, p_limit integer)
RETURNS TABLE (id uuid, at_text text, item jsonb)
LANGUAGE sql STABLE AS $$
  SELECT e.id, e.at::text, jsonb_build_object(
           'at', e.at, 'act', e.act, 'subject', e.subject, 'subjectId', e.subject_id, 'restaurant', r.name,
           'from', e.from_status, 'to', e.to_status, 'undoneAt', e.undone_at, 'actorRole', e.actor_role,
           'isByYou', e.actor_id IS NOT DISTINCT FROM p_account,
           'address', CASE WHEN e.actor_id = p_account THEN e.address END,
           'requestId', CASE WHEN e.actor_id = p_account THEN e.request_id END,
           'details', CASE WHEN e.subject_id = p_account THEN e.details END)
    FROM ((SELECT * FROM audit_events o
            WHERE o.actor_id = p_account AND o.at <= p_until AND (o.at, o.id) > (p_after_at, p_after_id)
            ORDER BY o.at, o.id LIMIT p_limit)
          UNION ALL
          (SELECT * FROM audit_events o
            WHERE o.subject_id = p_account AND o.actor_id IS DISTINCT FROM p_account
              AND o.at <= p_until AND (o.at, o.id) > (p_after_at, p_after_id)
            ORDER BY o.at, o.id LIMIT p_limit)) AS e
    LEFT JOIN restaurants r ON r.id = e.restaurant_id
   ORDER BY e.at, e.id LIMIT p_limit
$$;
