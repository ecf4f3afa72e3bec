import { pool } from '@/lib/db/database'

/** Parties with a table kept for that day; `v` is the reservation. */
const IS_EXPECTED = `NOT v.walk_in AND (v.status IN ('CONFIRMED', 'SEATED') OR (v.status = 'HELD' AND v.hold_expires_at > now()))`

/** Restaurants per sweep, so that a sweep stays short. */
const BATCH = 50
/** Longer lists are read on the board; the sheet says how many more parties there are. */
const MOST_LISTED = 100

/** Wall time at the restaurant. A sheet that arrives after the morning is no help. */
const FROM = '08:00'
const UNTIL = '12:00'

/**
 * Queues the day sheet for the owners who want it, once for each service date, in the morning of
 * the restaurant's own zone. Restaurants that take same-day bookings only have none in the morning,
 * so their empty sheets are skipped. Locks the service dates, skipping those another sweep holds.
 * One statement, so that the mark, its events and the notices commit together.
 */
export async function queueDaySheets(): Promise<{ queued: number }> {
  const { rows } = await pool.query<{ queued: number }>(
    `WITH due AS (
       SELECT d.restaurant_id, d.service_date
         FROM restaurants r
         JOIN service_dates d ON d.restaurant_id = r.id
          AND d.service_date = service_date_at(now(), r.time_zone, r.day_cut_minutes)
        WHERE r.published AND r.deleted_at IS NULL AND NOT d.closed AND d.sheet_queued_at IS NULL
          AND now() >= (d.service_date + time '${FROM}') AT TIME ZONE r.time_zone
          AND now() < (d.service_date + time '${UNTIL}') AT TIME ZONE r.time_zone
        LIMIT $1 FOR NO KEY UPDATE OF d SKIP LOCKED),
     marked AS (
       UPDATE service_dates d SET sheet_queued_at = now() FROM due
        WHERE d.restaurant_id = due.restaurant_id AND d.service_date = due.service_date
       RETURNING d.restaurant_id, d.service_date),
     sheets AS (
       SELECT r.id AS restaurant_id, gen_random_uuid() AS event_id, jsonb_build_object(
                'serviceDate', m.service_date,
                'restaurant', jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'timeZone', r.time_zone),
                'reservations', listed.parties, 'reservationCount', counted.reservations, 'guestCount', counted.guests) AS payload
         FROM marked m JOIN restaurants r ON r.id = m.restaurant_id
         CROSS JOIN LATERAL (
           SELECT count(*)::int AS reservations, coalesce(sum(v.party_size), 0)::int AS guests FROM reservations v
            WHERE v.restaurant_id = r.id AND v.service_date = m.service_date AND ${IS_EXPECTED}) counted
         CROSS JOIN LATERAL (
           SELECT coalesce(jsonb_agg(p.party ORDER BY p.starts_at, p.id), '[]') AS parties FROM (
             SELECT v.starts_at, v.id, jsonb_build_object(
                      'accountId', v.diner_id, 'guestId', v.guest_id, 'startsAt', iso_instant(v.starts_at), 'partySize', v.party_size,
                      'dinerName', coalesce(a.name, g.name), 'isHeld', v.status = 'HELD', 'note', v.note, 'allergies', v.allergies,
                      'tableNumbers', ARRAY(
                        SELECT DISTINCT t.number FROM reservation_slots c
                          JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
                         WHERE c.reservation_id = v.id AND NOT c.moved_away ORDER BY t.number)) AS party
               FROM reservations v LEFT JOIN accounts a ON a.id = v.diner_id LEFT JOIN guests g ON g.id = v.guest_id
              WHERE v.restaurant_id = r.id AND v.service_date = m.service_date AND ${IS_EXPECTED}
              ORDER BY v.starts_at, v.id LIMIT $2) p) listed
        WHERE counted.reservations > 0 OR NOT r.same_day_only),
     told AS (
       SELECT sheets.*, a.id AS account_id, a.email, a.locale
         FROM sheets
         JOIN restaurant_staff w ON w.restaurant_id = sheets.restaurant_id AND w.role = 'OWNER' AND w.wants_day_sheet
         JOIN accounts a ON a.id = w.account_id AND a.email_confirmed_at IS NOT NULL AND a.owner_approved_at IS NOT NULL),
     events AS (
       INSERT INTO audit_events (id, actor_role, restaurant_id, subject, subject_id, act, to_status)
       SELECT DISTINCT event_id, 'SERVICE', restaurant_id, 'RESTAURANT', restaurant_id, 'DAY_SHEET', 'QUEUED' FROM told
       RETURNING id),
     queued AS (
       INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, payload)
       SELECT event_id, 'DAY_SHEET', account_id, restaurant_id, restaurant_id, email, locale, payload FROM told
       RETURNING id)
     SELECT count(*)::int AS queued FROM queued`,
    [BATCH, MOST_LISTED],
  )
  return { queued: rows[0]?.queued ?? 0 }
}
