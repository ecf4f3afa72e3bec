import { BOOK } from '@/domain/guest/queries'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { withShownPhone } from '@/lib/text/phone'
import type { GuestEntry } from './guest-entry.schema'

/** As many tags to pick from as staff look through. */
const MOST_KNOWN_TAGS = 50

const READ_ENTRY = `
  WITH book AS (${BOOK}),
  entry AS (
    SELECT g.*, b.time_zone, ARRAY(SELECT guests_merged_with(p_guest => g.id)) AS rows,
           ARRAY(SELECT accounts_of_guests(p_guests => ARRAY(SELECT guests_merged_with(p_guest => g.id)))) AS accounts
      FROM book b JOIN guests g ON g.restaurant_id = b.id
     WHERE g.id = (SELECT coalesce(asked.merged_into, asked.id) FROM guests asked WHERE asked.id = $3)),
  own AS MATERIALIZED (SELECT v.* FROM entry e CROSS JOIN LATERAL reservations_of_guest(p_guest => e.id) v),
  visits AS (
    SELECT v.id AS reservation_id, v.service_date, v.starts_at FROM own v WHERE v.status IN ('SEATED', 'LEFT')
    UNION ALL
    -- From the line of a restaurant that has no slots.
    SELECT NULL, t.service_date, t.taken_at FROM entry e JOIN tickets t ON t.restaurant_id = e.restaurant_id
     WHERE t.account_id = ANY (e.accounts) AND t.status = 'SEATED' AND t.reservation_id IS NULL
    UNION ALL
    -- Who agreed at the door to be remembered: their table has no person of its own.
    SELECT t.reservation_id, t.service_date, t.taken_at FROM entry e JOIN tickets t ON t.guest_id = ANY (e.rows)
     WHERE t.status = 'SEATED')
  SELECT e.id, e.name, coalesce(e.phone, d.phone) AS phone, e.email, e.locale, e.version, e.time_zone AS "timeZone",
         m.marks -> 'tags' AS tags, m.marks ->> 'allergies' AS allergies, m.marks ->> 'dislikes' AS dislikes,
         (SELECT string_agg(n.note, chr(10) ORDER BY n.merged_into IS NOT NULL, n.created_at, n.id)
            FROM guests n WHERE n.id = ANY (e.rows)) AS note,
         (SELECT json_build_object('way', c.consent_way, 'at', iso_instant(c.consented_at)) FROM guest_diets c
           WHERE c.guest_id = ANY (e.rows) ORDER BY c.guest_id = e.id DESC, c.consented_at DESC LIMIT 1) AS consent,
         (SELECT count(*)::int FROM visits) AS visits,
         (SELECT count(*)::int FROM own WHERE status = 'NO_SHOW' AND dispute_granted IS NOT TRUE) AS "noShows",
         (SELECT count(*)::int FROM own WHERE status = 'CANCELLED' AND cancelled_by = 'DINER') AS cancellations,
         (SELECT json_build_object('serviceDate', v.service_date, 'startsAt', iso_instant(v.starts_at),
                   'tableNumbers', (SELECT coalesce(json_agg(DISTINCT t.number), '[]') FROM reservation_slots c
                      JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
                     WHERE c.reservation_id = v.reservation_id AND NOT c.moved_away))
            FROM visits v ORDER BY v.starts_at DESC, v.reservation_id LIMIT 1) AS "lastVisit",
         (SELECT coalesce(json_agg(json_build_object('id', n.id, 'name', n.name, 'phone', coalesce(n.phone, o.phone), 'email', n.email)
                   ORDER BY n.created_at, n.id), '[]')
            FROM guests n LEFT JOIN accounts o ON o.id = n.account_id WHERE n.merged_into = e.id) AS merged,
         (SELECT coalesce(json_agg(json_build_object('name', k.name, 'color', k.color) ORDER BY k.name COLLATE "C"), '[]')
            FROM (SELECT t.name, t.color FROM guest_tags t
                   WHERE t.restaurant_id = e.restaurant_id AND EXISTS (SELECT FROM guest_tag_marks u WHERE u.tag_id = t.id)
                   ORDER BY t.name COLLATE "C" LIMIT ${MOST_KNOWN_TAGS}) AS k) AS "knownTags"
    FROM entry e LEFT JOIN accounts d ON d.id = e.account_id
    CROSS JOIN LATERAL (SELECT guest_marks(p_entry => e.id) AS marks) m`

/**
 * An entry of a restaurant's guest book with what its reservations tell, for its staff only, in one
 * statement; a guest who is merged is read as the entry. Nothing is counted beforehand: a booking writes
 * no more for it. Refuses `not-found`, also for another restaurant's guest and to everyone outside its staff.
 */
export async function readGuestEntry({
  restaurantId,
  guestId,
  accountId,
}: {
  restaurantId: string
  guestId: string
  accountId: string
}): Promise<Result<GuestEntry, 'not-found'>> {
  const { rows } = await pool.query<GuestEntry & { timeZone: string }>(READ_ENTRY, [
    restaurantId,
    accountId,
    guestId,
  ])
  const [row] = rows
  if (!row) return refuse('not-found')
  const { timeZone, ...entry } = row
  const merged = entry.merged.map((other) => withShownPhone(other, timeZone))
  return succeed(withShownPhone({ ...entry, merged }, timeZone))
}
