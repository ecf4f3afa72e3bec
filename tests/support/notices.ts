import type { NoticeKind } from '@/domain/notification/types'
import { createAccount, createReservation, createRestaurant, createSlot } from '@/prisma/factories'
import type { Database } from '@/prisma/rows'
import type { TestDatabase } from './database'

/** The columns round to milliseconds, so a plain now() may lie half a millisecond in the future. */
const JUST_NOW = `date_trunc('milliseconds', now())`

export interface QueuedNotice {
  id: string
  recipient: string
  accountId: string
  reservationId: string
  restaurantId: string
}

interface NoticeWish {
  email?: string
  locale?: 'ko' | 'en'
  dinerName?: string
  restaurantName?: string
  note?: string
  allergies?: string
}

/** A new diner's confirmed reservation, and its notice as a booking leaves it in the outbox. */
export async function queueConfirmed(db: Database, wish: NoticeWish = {}): Promise<QueuedNotice> {
  const { email, locale, dinerName, restaurantName, note, allergies } = wish
  const diner = await createAccount(db, { email, locale, name: dinerName })
  const restaurant = await createRestaurant(db, { name: restaurantName })
  const slot = await createSlot(db, { restaurantId: restaurant.id })
  const reservation = await createReservation(db, { slotId: slot.id, dinerId: diner.id, note })
  if (allergies !== undefined)
    await db.query('UPDATE reservations SET allergies = $1 WHERE id = $2', [
      allergies,
      reservation.id,
    ])
  const id = await queueNotice(db, { reservationId: reservation.id, kind: 'RESERVATION_CONFIRMED' })
  return {
    id,
    recipient: diner.email,
    accountId: diner.id,
    reservationId: reservation.id,
    restaurantId: restaurant.id,
  }
}

/** As a diner's booking leaves it: one notice, whose worker makes the others. Its reminders are days away. */
export async function queueBooking(db: Database): Promise<QueuedNotice> {
  const { id: accountId, email: recipient } = await createAccount(db)
  const { id: restaurantId, timeZone } = await createRestaurant(db)
  const startsAt = new Date(Date.now() + 60 * 60 * 60_000)
  const serviceDate = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(startsAt)
  const slot = await createSlot(db, { restaurantId, startsAt, serviceDate })
  const { id: reservationId } = await createReservation(db, { slotId: slot.id, dinerId: accountId })
  const { rows } = await db.query<{ id: string }>(
    `WITH event AS (
       INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
       VALUES ('DINER', 'RESERVATION', $1, 'BOOK', 'CONFIRMED') RETURNING id)
     SELECT id, queue_booking_notice($1, id, 'RESERVATION_CONFIRMED') FROM event`,
    [reservationId],
  )
  const [row] = rows
  if (!row) throw new Error(`No notice was queued for reservation ${reservationId}.`)
  return { id: row.id, recipient, accountId, reservationId, restaurantId }
}

export const queueBookings = (db: Database, count: number): Promise<QueuedNotice[]> =>
  Promise.all(Array.from({ length: count }, () => queueBooking(db)))

/** How many notices of each kind and channel there are. */
export async function countNotices(db: Pick<TestDatabase, 'query'>) {
  const rows = await db.query<{ what: string; count: number }>(
    `SELECT replace(kind, 'RESERVATION_', '') || ' ' || channel AS what, count(*)::int AS count FROM notices GROUP BY what`,
  )
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]))
}

/** Several at once, each about a reservation of its own. */
export function queueMany(db: Database, count: number): Promise<QueuedNotice[]> {
  return Promise.all(Array.from({ length: count }, () => queueConfirmed(db)))
}

/** The owner cancels, and the notice is queued, as one statement each of a transaction. */
export async function queueCancelled(db: Database, reservationId: string): Promise<string> {
  await db.query(
    `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'OWNER', sequence = sequence + 1
      WHERE id = $1`,
    [reservationId],
  )
  return queueNotice(db, { reservationId, kind: 'RESERVATION_CANCELLED' })
}

async function queueNotice(
  db: Database,
  { reservationId, kind }: { reservationId: string; kind: NoticeKind },
): Promise<string> {
  const event = await db.query<{ id: string }>(
    `INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
     VALUES ('SERVICE', 'RESERVATION', $1, 'TELL', 'CONFIRMED') RETURNING id`,
    [reservationId],
  )
  const eventId = event.rows[0]?.id
  await db.query('SELECT queue_reservation_notice($1, $2, $3, now())', [
    reservationId,
    eventId,
    kind,
  ])
  const notice = await db.query<{ id: string }>('SELECT id FROM notices WHERE event_id = $1', [
    eventId,
  ])
  const [row] = notice.rows
  if (!row) throw new Error(`No notice was queued for reservation ${reservationId}.`)
  return row.id
}

export interface NoticeRow extends Record<string, unknown> {
  id: string
  state: string
  attempts: number
  lastError: string | null
  /** Null: not dropped. */
  droppedBecause: string | null
  isLeased: boolean
  sentAt: Date | null
  /** How long until it is due, by the database's clock. */
  dueInMs: number
}

export async function readNotice(db: Database, id: string): Promise<NoticeRow> {
  const { rows } = await db.query<NoticeRow>(
    `SELECT id, state, attempts, last_error AS "lastError", dropped_because AS "droppedBecause", lease_token IS NOT NULL AS "isLeased",
            sent_at AS "sentAt", (extract(epoch FROM due_at - now()) * 1000)::float8 AS "dueInMs"
       FROM notices WHERE id = $1`,
    [id],
  )
  const [row] = rows
  if (!row) throw new Error(`There is no notice ${id}.`)
  return row
}

/** As if the back-off of every queued notice were over. */
export async function makeAllDue(db: Pick<TestDatabase, 'query'>): Promise<void> {
  await db.query(`UPDATE notices SET due_at = ${JUST_NOW} WHERE state = 'QUEUED'`)
}

/** As if a minute had passed since a dead worker claimed them. */
export async function runOutLeases(db: Pick<TestDatabase, 'query'>): Promise<void> {
  await db.query(`UPDATE notices SET lease_until = ${JUST_NOW} WHERE lease_until IS NOT NULL`)
}

/** Staff have just acted on a reservation and can still undo it; returns the act's id. */
export async function tellStaffAct(
  db: Database,
  { reservationId, act }: { reservationId: string; act: string },
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO audit_events (actor_role, subject, subject_id, act, from_status, to_status)
     VALUES ('OWNER', 'RESERVATION', $1, $2, 'CONFIRMED', 'CANCELLED') RETURNING id`,
    [reservationId, act],
  )
  return rows[0]?.id ?? ''
}

/** A confirmation that a mail server has permanently refused. */
export async function queueDead(db: Database, reservationId: string): Promise<string> {
  const id = await queueNotice(db, { reservationId, kind: 'RESERVATION_CONFIRMED' })
  // A running process may have judged it already.
  await db.query(
    `UPDATE notices SET state = 'DEAD', attempts = 1, last_error = '550 5.1.1 no such mailbox',
                        dropped_because = NULL, sent_at = NULL WHERE id = $1`,
    [id],
  )
  return id
}
