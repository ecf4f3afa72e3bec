-- The channels by which a kind of notice reaches the diner and the restaurant, and why. People keep
-- mails with a calendar file, so those are mailed in any case ('kept'). Everything else goes one
-- way: by push to a diner who chose it and has a device that accepts it, else by mail. `locale`
-- null: the account's own.
CREATE OR REPLACE FUNCTION notice_routes(p_kind text, p_account uuid, p_restaurant uuid)
RETURNS TABLE (channel text, because text, locale text)
LANGUAGE sql STABLE AS $$
  WITH wish AS (
    SELECT p_kind IN ('RESERVATION_HELD', 'RESERVATION_CONFIRMED', 'RESERVATION_CHANGED', 'RESERVATION_CANCELLED',
                      'RESERVATION_EXPIRED') AS is_kept,
           coalesce((SELECT 'PUSH' = ANY (a.notice_channels) FROM accounts a WHERE a.id = p_account), false) AS wants_push,
           EXISTS (SELECT FROM push_subscriptions s WHERE s.account_id = p_account) AS has_device)
  SELECT 'MAIL', CASE WHEN p_account IS NULL THEN 'no-account' WHEN NOT wants_push THEN 'chosen'
                      WHEN NOT has_device THEN 'no-device' ELSE 'kept' END, NULL
    FROM wish WHERE is_kept OR NOT (wants_push AND has_device)
  UNION ALL
  SELECT 'PUSH', 'chosen', NULL FROM wish WHERE wants_push AND has_device
  UNION ALL
  SELECT 'SLACK', 'restaurant', h.locale FROM slack_hooks h
   WHERE h.restaurant_id = p_restaurant AND h.refused_at IS NULL
     AND p_kind IN ('RESERVATION_CONFIRMED', 'RESERVATION_CHANGED', 'RESERVATION_CANCELLED')
$$;
