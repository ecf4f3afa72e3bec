import type { SessionRef } from '@/domain/identity/types'
import { readStaffRole, VISIT_COLUMNS } from '@/domain/restaurant/queries'
import type { StaffVisit } from '@/domain/restaurant/types'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { quoteNewParty } from './queries'
import type { Waiting, WaitingTicket } from './waiting.types'

/** Staff watch one screen all evening and expect to see a change within two seconds. */
const POLL_AFTER_MS = 1_000

/**
 * One statement, so that everything is read at one instant. Of the tickets that are over, only
 * lapsed ones are included.
 */
const READ_WAITING = `
  WITH restaurant AS (
    SELECT r.id, service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today, s.*
      FROM restaurants r JOIN line_settings s ON s.restaurant_id = r.id
     WHERE r.id = $1 AND r.deleted_at IS NULL),
  entries AS (
    SELECT t.*, ticket_status_at(t.status, t.lapses_at, now()) AS present,
           coalesce(a.name, (SELECT g.name FROM guests g WHERE g.id = t.guest_id)) AS name,
           coalesce(a.phone, t.contact_phone) AS phone
      FROM restaurant h
      JOIN tickets t ON t.restaurant_id = h.id AND t.service_date = h.today
      LEFT JOIN accounts a ON a.id = t.account_id
     WHERE (is_ticket_active(t.status) OR t.status = 'LAPSED')
       AND (t.channel = 'KIOSK' OR t.account_id IS NOT NULL)),
  ordered AS (
    SELECT e.*, e.present = 'LAPSED' AS is_over,
           CASE WHEN e.present <> 'LAPSED'
                THEN row_number() OVER (PARTITION BY e.present = 'LAPSED' ORDER BY e.rank) END AS place
      FROM entries e)
  SELECT h.id AS "restaurantId", h.today::text AS "serviceDate", iso_instant(now()) AS "asOf",
         hours."isInHours", CASE WHEN NOT hours."isInHours" THEN iso_instant(line_opens_at(h.id, now())) END AS "opensAt",
         h.state, h.reason, h.longest, h.opens_before_minutes AS "opensBeforeMinutes",
         (SELECT coalesce(json_agg(json_build_object(
                   'id', o.id, 'number', o.number, 'place', o.place, 'status', o.present,
                   'partySize', o.party_size, 'dining', o.dining, 'channel', o.channel, 'name', o.name,
                   'entry', guest_marks(p_entry => coalesce(
                     guest_entry_of(p_restaurant => h.id, p_guest => o.guest_id, p_diner => o.account_id),
                     (SELECT coalesce(k.merged_into, k.id) FROM guests k
                       WHERE k.restaurant_id = h.id AND k.phone = o.contact_phone))),
                   'phoneEnd', nullif(right(regexp_replace(o.phone, '\\D', '', 'g'), 4), ''),
                   'canBeTold', o.account_id IS NOT NULL OR o.contact_email IS NOT NULL
                     OR EXISTS (SELECT FROM guest_devices d WHERE d.ticket_id = o.id),
                   'postponements', o.postponements, 'takenAt', iso_instant(o.taken_at),
                   'calledAt', iso_instant(o.called_at),
                   'lapsesAt', CASE WHEN o.present IN ('LAST_CALLED', 'LAPSED') THEN iso_instant(o.lapses_at) END,
                   'quote', CASE WHEN o.quote_from_minutes IS NOT NULL THEN json_build_object(
                     'fromMinutes', o.quote_from_minutes, 'toMinutes', o.quote_to_minutes) END)
                   ORDER BY o.is_over, CASE WHEN o.is_over THEN o.lapses_at END DESC, o.rank), '[]')
            FROM ordered o) AS tickets
    FROM restaurant h
    CROSS JOIN LATERAL (SELECT is_line_in_hours(h.id, h.today, now()) AS "isInHours") AS hours`

/** The same for a poll: who asks is read at the same instant. */
const WATCH_WAITING = `
  SELECT ${VISIT_COLUMNS}, v.acting_role IS NOT NULL AS "isStaff",
         (SELECT to_json(w) FROM (${READ_WAITING}) w WHERE v.acting_role IS NOT NULL) AS waiting
    FROM staff_visit(p_account => $2, p_epoch => $3, p_session => $4, p_restaurant => $1) v`

type Computed = 'quote' | 'record'
type Row = Omit<Waiting, 'pollAfterMs' | Computed>

/**
 * The private line of a restaurant's today, for its staff only, whose role is read from the
 * database each time. Refuses `not-found`, also to everyone outside its staff, and `no-line`.
 */
export async function readWaiting({
  restaurantId,
  accountId,
}: {
  restaurantId: string
  accountId: string
}): Promise<Result<Waiting, 'not-found' | 'no-line'>> {
  const role = await readStaffRole({ accountId, restaurantId })
  if (!role) return refuse('not-found')
  const { rows } = await pool.query<Row>(READ_WAITING, [restaurantId])
  const [row] = rows
  return row ? succeed(await tellWaiting(row)) : refuse('no-line')
}

async function tellWaiting(row: Row): Promise<Waiting> {
  const isAhead = ({ status, dining }: WaitingTicket) =>
    (status === 'WAITING' || status === 'POSTPONED') && dining === 'IN_STORE'
  const ahead = row.tickets.filter(isAhead).length
  const quoted = await quoteNewParty({ restaurantId: row.restaurantId, ahead })
  return { ...row, ...quoted, pollAfterMs: POLL_AFTER_MS }
}

/**
 * The private line as a tablet polls it, and whether the session behind it goes on, in one statement.
 * Null: the session has ended.
 */
export async function watchWaiting({
  restaurantId,
  session: { accountId, epoch, sessionId },
}: {
  restaurantId: string
  session: SessionRef
}): Promise<{ visit: StaffVisit; waiting: Result<Waiting, 'not-found' | 'no-line'> } | null> {
  const { rows } = await pool.query<StaffVisit & { isStaff: boolean; waiting: Row | null }>(
    WATCH_WAITING,
    [restaurantId, accountId, epoch, sessionId],
  )
  const [row] = rows
  if (!row) return null
  const { isStaff, waiting, ...visit } = row
  if (!isStaff) return { visit, waiting: refuse('not-found') }
  return { visit, waiting: waiting ? succeed(await tellWaiting(waiting)) : refuse('no-line') }
}
