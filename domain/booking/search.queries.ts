import { z } from 'zod'
import { listPersonValues, matchPerson } from '@/domain/identity/people.queries'
import { idsOfNames } from '@/domain/restaurant/directory.queries'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { withShownPhone } from '@/lib/text/phone'
import { findNames } from '@/lib/text/word-query'
import type {
  DayLoad,
  ReservationLine,
  ReservationRecord,
  ReservationSearch,
} from './search.schema'

/** A run-out hold reads as EXPIRED at once, whether or not a process has recorded it. */
const STATUS = 'reservation_status_at(v.status, v.hold_expires_at, now())::text'

const LINE = `
  v.id, ${STATUS} AS status, v.restaurant_id AS "restaurantId", r.name AS "restaurantName",
  r.time_zone AS "timeZone", v.service_date AS "serviceDate", iso_instant(v.starts_at) AS "startsAt",
  v.party_size AS "partySize", v.walk_in AS "walkIn", v.diner_id AS "dinerId", coalesce(a.name, g.name) AS "dinerName"`

const FROM = `
  FROM reservations v
  JOIN restaurants r ON r.id = v.restaurant_id
  LEFT JOIN accounts a ON a.id = v.diner_id
  LEFT JOIN guests g ON g.id = v.guest_id`

const searchKey = z.tuple([z.iso.date().regex(/^[12]/), z.iso.datetime().regex(/^[12]/), z.uuid()])

/** The filters of the list, with their values from `$6` on. */
function listConditions({ person, restaurant }: Pick<ReservationSearch, 'person' | 'restaurant'>) {
  const values: unknown[] = []
  const conditions: string[] = []
  if (restaurant !== null) {
    conditions.push(`(v.restaurant_id = $6::uuid OR v.restaurant_id = ANY (${idsOfNames('$7')}))`)
    values.push(z.uuid().safeParse(restaurant).data ?? null, findNames(restaurant))
  }
  if (person !== null) {
    const from = 6 + values.length
    const reservationId = z.uuid().safeParse(person).data
    const people = `v.diner_id = ANY (ARRAY(SELECT a.id FROM accounts a WHERE ${matchPerson(from)}))`
    conditions.push(`(${reservationId ? `v.id = $${from}::uuid OR ` : ''}${people})`)
    values.push(...listPersonValues(person))
  }
  return { values, text: conditions.map((condition) => ` AND ${condition}`).join('') }
}

/**
 * One page of reservations, the latest service first. Without any filter it lists the date `today`:
 * all reservations ever made would be a list that no one reads and no index serves.
 */
export async function searchReservations({
  limit = 20,
  ...asked
}: ReservationSearch & { limit?: number }): Promise<Page<ReservationLine>> {
  const { date, status, cursor } = asked
  const [keyDate = null, keyAt = null, keyId = null] = readCursor(searchKey, cursor) ?? []
  const { text, values } = listConditions(asked)
  const { rows } = await pool.query<ReservationLine>(
    `SELECT ${LINE} ${FROM}
      WHERE ($1::date IS NULL OR v.service_date = $1)
        AND ($2::text IS NULL OR ${STATUS} = $2)
        AND ($3::timestamptz IS NULL
             OR (v.service_date, v.starts_at, v.id) < ($4::date, $3::timestamptz, $5::uuid))
        ${text}
      ORDER BY v.service_date DESC, v.starts_at DESC, v.id DESC
      LIMIT ${limit + 1}`,
    [date, status, keyAt, keyDate, keyId, ...values],
  )
  return cutPage({ rows, limit, keyOf: (last) => [last.serviceDate, last.startsAt, last.id] })
}

/** A diner's reservations, newest first. */
export async function listReservationsOf({
  dinerId,
  cursor,
  limit = 10,
}: {
  dinerId: string
  cursor: string | null
  limit?: number
}): Promise<Page<ReservationLine>> {
  const key = z.tuple([z.iso.datetime().regex(/^[12]/), z.uuid()])
  const [at = null, id = null] = readCursor(key, cursor) ?? []
  const { rows } = await pool.query<ReservationLine>(
    `SELECT ${LINE} ${FROM}
      WHERE v.diner_id = $1
        AND ($2::timestamptz IS NULL OR (v.starts_at, v.id) < ($2::timestamptz, $3::uuid))
      ORDER BY v.starts_at DESC, v.id DESC LIMIT $4`,
    [dinerId, at, id, limit + 1],
  )
  return cutPage({ rows, limit, keyOf: (last) => [last.startsAt, last.id] })
}

/** Any diner's reservation, for admins. Null: no such reservation. */
export async function findReservation(reservationId: string): Promise<ReservationRecord | null> {
  const { rows } = await pool.query<ReservationRecord>(
    `SELECT ${LINE}, r.slug AS "restaurantSlug", iso_instant(v.ends_at) AS "endsAt",
            iso_instant(v.created_at) AS "createdAt", a.email AS "dinerEmail", a.phone AS "dinerPhone",
            v.note, iso_instant(v.hold_expires_at) AS "holdExpiresAt", v.cancelled_by AS "cancelledBy",
            (SELECT coalesce(json_agg(DISTINCT t.number), '[]') FROM reservation_slots c
               JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
              WHERE c.reservation_id = v.id AND NOT c.moved_away) AS "tableNumbers"
       ${FROM} WHERE v.id = $1`,
    [reservationId],
  )
  const [found] = rows
  if (!found) return null
  const { dinerPhone: phone, timeZone } = found
  return { ...found, dinerPhone: withShownPhone({ phone }, timeZone).phone }
}

/** A restaurant's today by the database's clock, and how many reservations lie ahead. */
export async function readDayLoad(restaurantId: string): Promise<DayLoad | null> {
  const { rows } = await pool.query<DayLoad>(
    `SELECT day.date::text AS "serviceDate", slots.*, parties.*,
            (SELECT count(*)::int FROM reservations u
              WHERE u.restaurant_id = r.id AND u.service_date >= day.date
                AND is_reservation_coming(u.status, u.hold_expires_at, now())) AS upcoming
       FROM restaurants r
       CROSS JOIN LATERAL (SELECT service_date_at(now(), r.time_zone, r.day_cut_minutes) AS date) AS day
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS slots,
                count(*) FILTER (WHERE NOT is_slot_free(s.taken, s.held_until, now()))::int AS taken
           FROM slots s
          WHERE s.restaurant_id = r.id AND s.service_date = day.date AND s.deleted_at IS NULL) AS slots
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS parties, coalesce(sum(v.party_size), 0)::int AS guests
           FROM reservations v
          WHERE v.restaurant_id = r.id AND v.service_date = day.date
            AND v.status IN ('CONFIRMED', 'SEATED', 'LEFT')) AS parties
      WHERE r.id = $1`,
    [restaurantId],
  )
  return rows[0] ?? null
}
