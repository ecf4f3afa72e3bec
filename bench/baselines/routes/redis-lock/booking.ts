import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { BookingRequest } from '@/domain/booking/schema'
import { hashRequest } from '@/domain/identity/idempotency.commands'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'

type Asking = { dinerId: string; key: string; request: BookingRequest }
type Facts = {
  bookable: boolean
  alreadyBooked: boolean
  slotId: string | null
  endsAt: Date | null
  tableNumber: number | null
}
type Booked = { id: string; status: 'CONFIRMED'; slotId: string; tableNumber: number }

/** Everything there is to check, in one statement: kinder to this design than one for each. */
const READ = `
  SELECT r.bookings_on AND NOT coalesce(d.closed, true) AND coalesce(d.opens_at <= now(), true)
           AND $3 > now() AND $2 <= service_date_at(now(), r.time_zone, r.day_cut_minutes) + r.horizon_days AS bookable,
         EXISTS (SELECT FROM reservations v
                  WHERE v.diner_id = $5 AND v.restaurant_id = $1 AND v.service_date = $2
                    AND v.status IN ('HELD', 'CONFIRMED', 'SEATED')) AS "alreadyBooked",
         free.id AS "slotId", free.ends_at AS "endsAt", free.number AS "tableNumber"
    FROM restaurants r
    LEFT JOIN service_dates d ON d.restaurant_id = r.id AND d.service_date = $2
    LEFT JOIN LATERAL (
      SELECT s.id, s.ends_at, t.number
        FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
       WHERE s.restaurant_id = r.id AND s.service_date = $2 AND s.starts_at = $3
         AND $4 BETWEEN s.min_party AND s.max_party AND NOT s.taken AND NOT s.blocked AND s.deleted_at IS NULL
       ORDER BY s.max_party, t.number LIMIT 1) free ON true
   WHERE r.id = $1 AND r.deleted_at IS NULL`

type Refused = 'not-found' | 'closed-day' | 'already-booked' | 'sold-out'

/**
 * Reads, checks and writes, trusting that the caller's lock keeps other bookings out. One
 * transaction, one statement a row, as an ORM sends them; through `pg`, which is faster than an
 * ORM.
 */
export async function bookUnderLock(asking: Asking): Promise<Result<Booked, Refused>> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const booked = await book({ client, ...asking })
    await client.query(booked.ok ? 'COMMIT' : 'ROLLBACK')
    return booked
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

async function book({
  client,
  dinerId,
  key,
  request,
}: Asking & { client: PoolClient }): Promise<Result<Booked, Refused>> {
  const { restaurantId, serviceDate, startsAt, partySize } = request
  const { rows: known } = await client.query<{ response: Booked }>(
    'SELECT response FROM idempotency_keys WHERE account_id = $1 AND key = $2',
    [dinerId, key],
  )
  if (known[0]) return succeed(known[0].response)
  const asked = [restaurantId, serviceDate, startsAt, partySize, dinerId]
  const { rows } = await client.query<Facts>(READ, asked)
  const [facts] = rows
  if (!facts) return refuse('not-found')
  if (!facts.bookable) return refuse('closed-day')
  if (facts.alreadyBooked) return refuse('already-booked')
  const { slotId, endsAt, tableNumber } = facts
  if (!slotId || !endsAt || !tableNumber) {
    return refuse('sold-out', { asOf: new Date().toISOString() })
  }
  const booked: Booked = { id: randomUUID(), status: 'CONFIRMED', slotId, tableNumber }
  await write({ client, dinerId, key, request, endsAt, booked })
  return succeed(booked)
}

type Writing = Asking & { client: PoolClient; endsAt: Date; booked: Booked }

/**
 * The same rows as our own booking leaves: reservation slot, audit log, notice and stored answer.
 */
async function write({ client, dinerId, key, request, endsAt, booked }: Writing): Promise<void> {
  const { restaurantId, serviceDate, startsAt, partySize } = request
  const eventId = randomUUID()
  await client.query(
    `INSERT INTO reservations (id, restaurant_id, service_date, starts_at, ends_at, party_size, diner_id, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'CONFIRMED')`,
    [booked.id, restaurantId, serviceDate, startsAt, endsAt, partySize, dinerId],
  )
  await client.query('UPDATE slots SET taken = true WHERE id = $1', [booked.slotId])
  const taken = [booked.id, booked.slotId]
  await client.query(
    'INSERT INTO reservation_slots (reservation_id, slot_id) VALUES ($1, $2)',
    taken,
  )
  await client.query(
    `INSERT INTO audit_events (id, actor_id, actor_role, restaurant_id, subject, subject_id, act, to_status)
     VALUES ($1, $2, 'DINER', $3, 'RESERVATION', $4, 'BOOK', 'CONFIRMED')`,
    [eventId, dinerId, restaurantId, booked.id],
  )
  const notice = [booked.id, eventId]
  await client.query(
    `SELECT queue_reservation_notice($1, $2, 'RESERVATION_CONFIRMED', now())`,
    notice,
  )
  await client.query(
    `INSERT INTO idempotency_keys (account_id, key, request_hash, response) VALUES ($1, $2, $3, $4)`,
    [dinerId, key, hashRequest(request), booked],
  )
}
