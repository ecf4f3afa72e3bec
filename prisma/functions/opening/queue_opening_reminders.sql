-- Queues what is due of those who asked to be told of an opening or of their turn, and what they are told
-- of one that was cancelled: each reminder once, with its mark and its notice in one statement. A reminder
-- of something that is not to come any more is settled without a notice, and so is one whose instant has
-- passed. Before the opening a diner is told by push where they have chosen it, or by mail; of a turn by
-- push alone. Takes up to `p_limit` of either sort. Locks their accounts, as `erase_account` does first,
-- then the reminders, skipping those that another sweep holds. Returns how many it has settled, and how
-- many notices wait among all others' (`queued`) and in the lane of turns (`turns`).
CREATE OR REPLACE FUNCTION queue_opening_reminders(p_limit integer, OUT settled integer, OUT queued integer, OUT turns integer)
LANGUAGE plpgsql AS $$
DECLARE
  v_cancelled integer;
  v_told integer;
BEGIN
  WITH due AS MATERIALIZED (
    SELECT r.id FROM opening_reminders r
     WHERE r.settled_at IS NULL AND r.due_at <= now() AND try_keep_account(r.account_id)
     ORDER BY r.due_at LIMIT p_limit FOR UPDATE SKIP LOCKED),
  marked AS (
    UPDATE opening_reminders r SET settled_at = now() FROM due WHERE r.id = due.id
    RETURNING r.id, r.opening_id, r.account_id, r.about, r.comes_at),
  judged AS MATERIALIZED (
    SELECT o.id AS opening_id, opening_outlook(o.id) AS outlook, opening_event(o.id, 'ANNOUNCE') AS event_id,
           opening_promise(o) AS promised, o.restaurant_id
      FROM openings o WHERE o.id IN (SELECT opening_id FROM marked)),
  told AS (
    INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, give_up_at, payload)
    SELECT j.event_id, route.kind, route.channel, route.because, a.id, route.restaurant_id, m.id, route.recipient, a.locale, m.comes_at,
           j.promised || jsonb_build_object('turnAt', CASE m.about WHEN 'TURN' THEN iso_instant(m.comes_at) END)
      FROM marked m JOIN judged j ON j.opening_id = m.opening_id JOIN accounts a ON a.id = m.account_id
      CROSS JOIN LATERAL (
        SELECT 'OPENING_SOON' AS kind, r.channel, r.because, j.restaurant_id, a.email AS recipient
          FROM notice_routes('OPENING_SOON', a.id, NULL) AS r WHERE m.about = 'OPENING'
        UNION ALL
        SELECT 'OPENING_TURN', 'PUSH', 'chosen', NULL, 'device'
         WHERE m.about = 'TURN' AND EXISTS (SELECT FROM push_subscriptions s WHERE s.account_id = a.id)) AS route
     WHERE j.outlook IS NULL AND m.comes_at > now()
    ON CONFLICT DO NOTHING
    RETURNING kind)
  SELECT (SELECT count(*) FROM marked), count(*) FILTER (WHERE kind = 'OPENING_SOON'), count(*) FILTER (WHERE kind = 'OPENING_TURN')
    INTO settled, queued, turns FROM told;

  WITH gone AS MATERIALIZED (
    SELECT r.id FROM openings o JOIN opening_reminders r ON r.opening_id = o.id
     WHERE o.opens_at > now() AND o.cancelled_at IS NOT NULL AND r.cancel_told_at IS NULL AND try_keep_account(r.account_id)
     LIMIT p_limit FOR UPDATE OF r SKIP LOCKED),
  marked AS (
    UPDATE opening_reminders r SET cancel_told_at = now(), settled_at = coalesce(r.settled_at, now())
      FROM gone WHERE r.id = gone.id
    RETURNING r.id, r.opening_id, r.account_id),
  judged AS MATERIALIZED (
    SELECT o.id AS opening_id, opening_event(o.id, 'CANCEL') AS event_id, opening_promise(o) AS promised, o.restaurant_id, o.opens_at
      FROM openings o WHERE o.id IN (SELECT opening_id FROM marked)),
  told AS (
    -- Who asked for both is told once.
    INSERT INTO notices (event_id, kind, channel, routed_because, account_id, restaurant_id, subject_id, recipient, locale, give_up_at, payload)
    SELECT j.event_id, 'OPENING_CANCELLED', route.channel, route.because, a.id, j.restaurant_id, m.id, a.email, a.locale, j.opens_at, j.promised
      FROM marked m JOIN judged j ON j.opening_id = m.opening_id JOIN accounts a ON a.id = m.account_id
      CROSS JOIN LATERAL notice_routes('OPENING_CANCELLED', a.id, NULL) AS route
    ON CONFLICT DO NOTHING
    RETURNING kind)
  SELECT (SELECT count(*) FROM marked), count(*) INTO v_cancelled, v_told FROM told;
  settled := settled + v_cancelled;
  queued := queued + v_told;
END
$$;
