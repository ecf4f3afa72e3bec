-- Diners' accounts that nobody has used for so long: no sign-in, no reservation (their own, or by phone
-- under the address they have confirmed or as a guest whom staff wrote down from one of theirs) and no ticket since, and none to come. `told_at` null: their person has not been told yet. One who was told, came back
-- and fell asleep again is told anew.
CREATE OR REPLACE VIEW sleeping_accounts AS
  SELECT a.id, a.seen_at,
         CASE WHEN a.sleep_told_at > now() - kept_for('sleeping-accounts') THEN a.sleep_told_at END AS told_at
    FROM accounts a
   WHERE a.role = 'DINER' AND a.email_confirmed_at IS NOT NULL AND a.seen_at < now() - kept_for('sleeping-accounts')
     AND NOT EXISTS (SELECT FROM restaurant_staff s WHERE s.account_id = a.id)
     AND NOT EXISTS (SELECT FROM reservations v WHERE v.diner_id = a.id
                        AND (v.starts_at > now() - kept_for('sleeping-accounts') OR v.created_at > now() - kept_for('sleeping-accounts')))
     AND NOT EXISTS (SELECT FROM guests g JOIN reservations v ON v.guest_id = g.id
                      WHERE g.email = a.email
                        AND (v.starts_at > now() - kept_for('sleeping-accounts') OR v.created_at > now() - kept_for('sleeping-accounts')))
     AND NOT EXISTS (SELECT FROM guests g JOIN reservations v ON v.guest_id = g.id
                      WHERE g.account_id = a.id
                        AND (v.starts_at > now() - kept_for('sleeping-accounts') OR v.created_at > now() - kept_for('sleeping-accounts')))
     AND NOT EXISTS (SELECT FROM tickets t WHERE t.account_id = a.id AND t.taken_at > now() - kept_for('sleeping-accounts'));
