import { listActs } from '@/domain/booking/rules'
import { planSearch } from '@/domain/guest/search.rules'
import { readStaffRole, VISIT_COLUMNS } from '@/domain/restaurant/queries'
import type { StaffVisit } from '@/domain/restaurant/types'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { withShownPhone } from '@/lib/text/phone'
import type { CheckIn } from './check-in.schema'
import { type AskedDay, DAY_MARK } from './mark.queries'
import type { PartyOnOtherDate } from './other-dates.schema'
import { countMinutesLate, countMinutesOver, countMinutesSaid } from './party.rules'
import type { Day, DayParty } from './schema'

/** Staff watch one screen all evening and expect to see a change within two seconds. */
const POLL_AFTER_MS = 1_000

const READ_DAY = `
  WITH asked AS (
    SELECT r.*, today, coalesce($2::date, today) AS date
      FROM restaurants r, service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today
     WHERE r.id = $1 AND r.deleted_at IS NULL)
  SELECT a.id AS "restaurantId", a.date AS "serviceDate", a.today, a.time_zone AS "timeZone", a.day_cut_minutes AS "dayCutMinutes", iso_instant(now()) AS "asOf",
         iso_instant(d.opens_at) AS "opensAt", a.bookings_on AS "bookingsOn",
         d.service_date IS NULL OR d.closed AS closed,
         (SELECT coalesce(json_agg(json_build_object('number', t.number, 'minParty', t.min_party, 'maxParty', t.max_party,
                   'seatedReservationId', (SELECT o.reservation_id FROM occupancies o
                      WHERE o.table_id = t.id AND o.ended_at IS NULL AND o.service_date >= a.today))
                   ORDER BY t.number, t.id), '[]')
            FROM restaurant_tables t WHERE t.restaurant_id = a.id AND (t.deleted_at IS NULL OR EXISTS (
              SELECT 1 FROM slots s WHERE s.table_id = t.id AND s.service_date = a.date AND s.deleted_at IS NULL))) AS tables,
         (SELECT coalesce(json_agg(json_build_object('tableNumbers', n.numbers, 'minParty', c.min_party, 'maxParty', c.max_party)
                   ORDER BY n.numbers), '[]')
            FROM restaurant_combinations c
            CROSS JOIN LATERAL (SELECT ARRAY(SELECT t.number FROM restaurant_tables t
                                              WHERE t.id = ANY (c.table_ids) ORDER BY t.number)::int[] AS numbers) n
           WHERE c.restaurant_id = a.id) AS combinations,
         (SELECT coalesce(json_agg(json_build_object('id', b.id, 'name', b.name, 'tableNumbers',
                   ARRAY(SELECT t.number FROM restaurant_tables t WHERE t.area_id = b.id ORDER BY t.number)::int[])
                   ORDER BY b.position, b.id), '[]')
            FROM restaurant_areas b WHERE b.restaurant_id = a.id) AS areas,
         (SELECT coalesce(json_agg(json_build_object('tableNumber', t.number, 'x', t.floor_x, 'y', t.floor_y, 'shape', t.floor_shape)
                   ORDER BY t.number), '[]')
            FROM restaurant_tables t WHERE t.restaurant_id = a.id AND t.floor_x IS NOT NULL) AS "floorPlan",
         (SELECT coalesce(json_agg(json_build_object('id', k.id,
                   'area', CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'name', b.name) END,
                   'tableNumbers', (SELECT coalesce(json_agg(t.number ORDER BY t.number), '[]') FROM closed_tables x
                      JOIN restaurant_tables t ON t.id = x.table_id WHERE x.closure_id = k.id),
                   'from', iso_instant(k.starts_at), 'to', iso_instant(k.ends_at), 'reason', k.reason)
                   ORDER BY k.starts_at, k.id), '[]')
            FROM table_closures k LEFT JOIN restaurant_areas b ON b.id = k.area_id
           WHERE k.restaurant_id = a.id AND k.ends_at > now()
             AND tstzrange(k.starts_at, k.ends_at) && tstzrange(
               (a.date + make_interval(mins => a.day_cut_minutes)) AT TIME ZONE a.time_zone,
               (a.date + 1 + make_interval(mins => a.day_cut_minutes)) AT TIME ZONE a.time_zone)) AS closures,
         (SELECT json_build_object('version', n.version, 'text', n.text, 'by', w.name, 'at', iso_instant(n.written_at))
            FROM shift_notes n LEFT JOIN accounts w ON w.id = n.written_by
           WHERE n.restaurant_id = a.id AND n.service_date = a.date) AS "shiftNote",
         (SELECT coalesce(json_agg(json_build_object(
                   'slotId', s.id, 'tableNumber', t.number, 'minParty', s.min_party, 'maxParty', s.max_party,
                   'startsAt', iso_instant(s.starts_at), 'endsAt', iso_instant(s.ends_at),
                   'state', CASE WHEN is_slot_free(s.taken, s.held_until, now()) THEN CASE WHEN s.blocked THEN 'BLOCKED' ELSE 'FREE' END
                                 WHEN s.held_until IS NOT NULL THEN 'HELD' ELSE 'TAKEN' END,
                   'reservationId', CASE WHEN NOT is_slot_free(s.taken, s.held_until, now()) THEN c.reservation_id END,
                   'offPlan', s.off_plan)
                   ORDER BY s.starts_at, t.number, s.id), '[]')
            FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
            LEFT JOIN reservation_slots c ON c.slot_id = s.id AND c.released_at IS NULL
           WHERE s.restaurant_id = a.id AND s.service_date = a.date AND s.deleted_at IS NULL) AS slots,
         (SELECT coalesce(json_agg(json_build_object(
                   'reservationId', v.id, 'sequence', v.sequence, 'partySize', v.party_size, 'name', coalesce(p.name, g.name), 'phone', coalesce(p.phone, g.phone), 'note', v.note,
                   'guest', CASE WHEN g.id IS NOT NULL THEN json_build_object('id', g.id, 'name', g.name, 'phone', g.phone, 'email', g.email, 'locale', g.locale) END,
                   'entry', guest_marks(p_entry => guest_entry_of(p_restaurant => a.id, p_guest => v.guest_id, p_diner => v.diner_id)),
                   'source', v.source,
                   'allergies', v.allergies, 'staffNote', v.staff_note,
                   'status', CASE WHEN is_seating_over(v.status, v.seated_at, a.time_zone, a.day_cut_minutes) THEN 'LEFT'
                                  ELSE reservation_status_at(v.status, v.hold_expires_at, now())::text END,
                   'walkIn', v.walk_in, 'startsAt', iso_instant(v.starts_at), 'endsAt', iso_instant(v.ends_at),
                   'holdExpiresAt', iso_instant(v.hold_expires_at), 'awaitsStaff', v.awaits_staff, 'cancelledBy', v.cancelled_by,
                   'arrivedAt', iso_instant(v.arrived_at), 'lateMinutes', v.late_minutes,
                   'seatedAt', CASE WHEN v.status IN ('SEATED', 'LEFT') THEN iso_instant(v.seated_at) END,
                   'leftAt', iso_instant(v.left_at),
                   'leftByDayCut', is_seating_over(v.status, v.seated_at, a.time_zone, a.day_cut_minutes)
                     OR (v.status = 'LEFT' AND EXISTS (SELECT FROM occupancies o WHERE o.reservation_id = v.id AND o.by_day_cut)),
                   'slotIds', (SELECT coalesce(json_agg(c.slot_id ORDER BY c.slot_id), '[]')
                      FROM reservation_slots c WHERE c.reservation_id = v.id AND NOT c.moved_away),
                   'tableNumbers', (SELECT coalesce(json_agg(DISTINCT t.number), '[]') FROM reservation_slots c
                      JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
                     WHERE c.reservation_id = v.id AND NOT c.moved_away)) ORDER BY v.starts_at, v.created_at, v.id), '[]')
            FROM reservations v LEFT JOIN accounts p ON p.id = v.diner_id LEFT JOIN guests g ON g.id = v.guest_id
           WHERE v.restaurant_id = a.id AND v.service_date = a.date) AS parties
    FROM asked a LEFT JOIN service_dates d ON d.restaurant_id = a.id AND d.service_date = a.date`

/** The same for a poll: who asks, and whether a notice has fallen due, are read at the same instant. */
const WATCH_DAY = `
  SELECT ${VISIT_COLUMNS}, is_notice_due() AS "isNoticeDue",
         ${DAY_MARK} AS mark,
         (SELECT to_json(d) FROM (${READ_DAY}) d WHERE v.acting_role IS NOT NULL) AS day
    FROM staff_visit(p_account => $3, p_epoch => $4, p_session => $5, p_restaurant => $1) v`

type Counted = 'acts' | 'minutesOver' | 'minutesLate'
type Row = Omit<Day, 'pollAfterMs' | 'parties'> & { parties: Omit<DayParty, Counted>[] }

/**
 * The private day of a restaurant (default: today in its zone), for its staff only, whose role is
 * read from the database each time. Refuses `not-found`, also to everyone outside its staff.
 */
export async function readDay({
  restaurantId,
  date,
  accountId,
}: {
  restaurantId: string
  date?: string | undefined
  accountId: string
}): Promise<Result<Day, 'not-found'>> {
  const role = await readStaffRole({ accountId, restaurantId })
  if (!role) return refuse('not-found')
  const { rows } = await pool.query<Row>(READ_DAY, [restaurantId, date ?? null])
  const [row] = rows
  return row ? succeed(tellDay(row)) : refuse('not-found')
}

function tellDay(row: Row): Day {
  const nowMs = Date.parse(row.asOf)
  const parties = row.parties.map((party) => ({
    ...withShownPhone(party, row.timeZone),
    guest: party.guest && withShownPhone(party.guest, row.timeZone),
    minutesOver: countMinutesOver({ party, nowMs }),
    minutesLate: Math.max(countMinutesLate({ party, nowMs }), countMinutesSaid({ party })),
    acts: listActs({ ...party, by: 'OWNER' }),
  }))
  return { ...row, parties, pollAfterMs: POLL_AFTER_MS }
}

/**
 * The private day as a tablet polls it, its mark, and whether the session behind it goes on, in one statement.
 * `day` of null: the account is not on the restaurant's staff. Null: the session has ended.
 */
export async function watchDay({
  restaurantId,
  date,
  session: { accountId, epoch, sessionId },
}: AskedDay): Promise<{
  visit: StaffVisit
  day: Day | null
  mark: string | null
  isNoticeDue: boolean
} | null> {
  const { rows } = await pool.query<
    StaffVisit & { isNoticeDue: boolean; mark: string | null; day: Row | null }
  >(WATCH_DAY, [restaurantId, date ?? null, accountId, epoch, sessionId])
  const [row] = rows
  if (!row) return null
  const { day, mark, isNoticeDue, ...visit } = row
  return { visit, day: day && tellDay(day), mark, isNoticeDue }
}

const FIND_CHECK_IN = `
  SELECT v.id AS "reservationId", r.id AS "restaurantId", r.slug, r.name AS "restaurantName",
         r.name_en AS "restaurantNameEn", v.service_date AS "serviceDate",
         service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today,
         iso_instant(v.starts_at) AS "startsAt",
         CASE WHEN is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes) THEN 'LEFT'
              ELSE reservation_status_at(v.status, v.hold_expires_at, now())::text END AS status
    FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id AND r.deleted_at IS NULL
   WHERE v.id = $1`

/**
 * Where a scanned reservation belongs, for the staff of its restaurant. Refuses `not-found`, also
 * to everyone else: a code tells a stranger nothing.
 */
export async function findCheckIn({
  reservationId,
  accountId,
}: {
  reservationId: string
  accountId: string
}): Promise<Result<CheckIn, 'not-found'>> {
  const { rows } = await pool.query<CheckIn>(FIND_CHECK_IN, [reservationId])
  const [found] = rows
  const role = found && (await readStaffRole({ accountId, restaurantId: found.restaurantId }))
  return found && role ? succeed(found) : refuse('not-found')
}

/** Staff at the door read no further than this. */
const MOST_FOUND = 5

/** Sorted by nearness, because a guest at the door means a date close to this one. */
const FIND_ON_OTHER_DATES = `
  SELECT v.id AS "reservationId", v.service_date AS "serviceDate", iso_instant(v.starts_at) AS "startsAt",
         CASE WHEN is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes) THEN 'LEFT'
              ELSE v.status::text END AS status, v.party_size AS "partySize", coalesce(p.name, g.name) AS name, v.allergies,
         guest_marks(p_entry => guest_entry_of(p_restaurant => v.restaurant_id, p_guest => v.guest_id, p_diner => v.diner_id)) AS entry
    FROM reservations v LEFT JOIN accounts p ON p.id = v.diner_id LEFT JOIN guests g ON g.id = v.guest_id
    JOIN restaurants r ON r.id = v.restaurant_id
   WHERE v.restaurant_id = $1 AND v.service_date BETWEEN $2::date - 60 AND $2::date + 366 AND v.service_date <> $2::date
     AND v.status <> 'EXPIRED' AND (v.status <> 'HELD' OR v.hold_expires_at > now())
     AND (replace(typed_key(coalesce(p.name, g.name)), ' ', '') || chr(10) || typed_initials(coalesce(p.name, g.name)) ~ $3
          OR phone_key(coalesce(p.phone, g.phone)) LIKE ANY ($4::text[]))
   ORDER BY v.status = 'CANCELLED', abs(v.service_date - $2::date), v.starts_at, v.id
   LIMIT ${MOST_FOUND}`

/**
 * The restaurant's own guests on other dates, nearest first and cancelled ones last; for its staff
 * only. Refuses `not-found`, also to everyone outside its staff.
 */
export async function findPartiesOnOtherDates({
  restaurantId,
  date,
  search,
  accountId,
}: {
  restaurantId: string
  /** The date to leave out. */
  date: string
  search: string
  accountId: string
}): Promise<Result<PartyOnOtherDate[], 'not-found'>> {
  const role = await readStaffRole({ accountId, restaurantId })
  if (!role) return refuse('not-found')
  const { name, ends } = planSearch(search)
  if (name === null && ends === null) return succeed([])
  const { rows } = await pool.query<PartyOnOtherDate>(FIND_ON_OTHER_DATES, [
    restaurantId,
    date,
    name,
    ends,
  ])
  return succeed(rows)
}
