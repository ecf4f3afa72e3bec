-- How many accounts of the lobby were how many days old at the opening: a picture of the entrants.
CREATE OR REPLACE FUNCTION count_account_ages(p_opening uuid) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(days, people), '{}') FROM (
    SELECT CASE WHEN age < interval '1 day' THEN '0' WHEN age < interval '7 days' THEN '1'
                WHEN age < interval '30 days' THEN '7' WHEN age < interval '365 days' THEN '30'
                ELSE '365' END AS days, count(*) AS people
      FROM (SELECT o.opens_at - a.created_at AS age
              FROM openings o
              JOIN opening_entries e ON e.opening_id = o.id AND e.in_lobby
              JOIN accounts a ON a.id = e.account_id
             WHERE o.id = p_opening) AS ages
     GROUP BY 1) AS buckets
$$;
