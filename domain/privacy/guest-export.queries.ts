import { readBook } from '@/domain/guest/book-file.queries'
import { type BookWords, writeBookCsv } from '@/domain/guest/book-file.rules'
import { pool } from '@/lib/db/database'
import { type GuestColumns, writeGuestCsv, writeListJson } from './guest-export.rules'
import type { ErasureRequest, ExportFormat, GuestLine, GuestList } from './schema'

/** Short enough for the limit of a statement, whatever the years of a restaurant. */
const LINES_A_BATCH = 2_000
const BEFORE_ALL = { date: '0001-01-01', id: '00000000-0000-0000-0000-000000000000' }

type Line = GuestLine & { id: string }

/** Every reservation of a restaurant with what staff may see of its guest, by date. */
async function* readReservations(restaurantId: string): AsyncGenerator<GuestLine> {
  let after = BEFORE_ALL
  for (;;) {
    const { rows } = await pool.query<Line>(
      `SELECT v.id, CASE WHEN v.walk_in THEN 'WALK_IN' ELSE 'RESERVATION' END AS kind,
              v.service_date AS "serviceDate", iso_instant(v.starts_at) AS at, NULL::integer AS number,
              v.party_size AS "partySize", v.status::text AS status,
              coalesce(a.name, g.name) AS name, coalesce(a.phone, g.phone) AS phone, g.email, v.note, v.allergies, v.staff_note AS "staffNote"
         FROM reservations v LEFT JOIN accounts a ON a.id = v.diner_id
         LEFT JOIN guests g ON g.id = v.guest_id
        WHERE v.restaurant_id = $1 AND (v.service_date, v.id) > ($2::date, $3::uuid)
        ORDER BY v.service_date, v.id LIMIT $4`,
      [restaurantId, after.date, after.id, LINES_A_BATCH],
    )
    for (const { id, ...line } of rows) yield line
    const last = rows.at(-1)
    if (!last || rows.length < LINES_A_BATCH) return
    after = { date: last.serviceDate, id: last.id }
  }
}

/** Every ticket of a restaurant's line with what staff may see of its guest, by date and number. */
async function* readTickets(restaurantId: string): AsyncGenerator<GuestLine> {
  let after = { date: BEFORE_ALL.date, number: 0 }
  for (;;) {
    const { rows } = await pool.query<GuestLine & { number: number }>(
      `SELECT 'TICKET' AS kind, t.service_date AS "serviceDate", iso_instant(t.taken_at) AS at,
              t.number, t.party_size AS "partySize", t.status::text AS status, a.name,
              coalesce(t.contact_phone, a.phone) AS phone, t.contact_email AS email,
              NULL::text AS note, NULL::text AS allergies, NULL::text AS "staffNote"
         FROM tickets t LEFT JOIN accounts a ON a.id = t.account_id
        WHERE t.restaurant_id = $1 AND (t.service_date, t.number) > ($2::date, $3::integer)
        ORDER BY t.service_date, t.number LIMIT $4`,
      [restaurantId, after.date, after.number, LINES_A_BATCH],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < LINES_A_BATCH) return
    after = { date: last.serviceDate, number: last.number }
  }
}

/**
 * A restaurant's guest data, read in batches while it is sent. The caller has checked that the
 * reader owns the restaurant.
 */
export async function* readGuests(restaurantId: string): AsyncGenerator<GuestLine> {
  yield* readReservations(restaurantId)
  yield* readTickets(restaurantId)
}

/**
 * A restaurant's list of its visits or its guest book as a file, piece by piece. The caller has checked that
 * the reader owns the restaurant.
 */
export function writeGuestList({
  restaurantId,
  list,
  format,
  words,
}: {
  restaurantId: string
  list: GuestList
  format: ExportFormat
  words: { visits: GuestColumns; book: BookWords }
}): AsyncGenerator<string> {
  if (list === 'book') {
    const lines = readBook(restaurantId)
    return format === 'csv' ? writeBookCsv(lines, words.book) : writeListJson(lines)
  }
  const lines = readGuests(restaurantId)
  return format === 'csv' ? writeGuestCsv(lines, words.visits) : writeListJson(lines)
}

/** Requests of guests to be forgotten by a restaurant too, the latest first. */
export async function listErasureRequests(restaurantId: string): Promise<ErasureRequest[]> {
  const { rows } = await pool.query<ErasureRequest>(
    `SELECT id, iso_instant(at) AS "askedAt", details -> 'reservations' AS reservations,
            details -> 'tickets' AS tickets
       FROM audit_events
      WHERE restaurant_id = $1 AND act = 'ASK_ERASURE'
      ORDER BY audit_events.at DESC, id LIMIT 100`,
    [restaurantId],
  )
  return rows
}
