import { correctReservation, moveReservation } from '@/domain/booking/move.commands'
import type { CorrectedStatus } from '@/domain/booking/schema'
import type { ReservationAct, StaffIntent } from '@/domain/booking/types'
import { pool } from '@/lib/db/database'
import { createAccount, createSlot, createTable } from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'
import { actorOf, setUpRestaurant } from './booking-restaurant'

const MINUTE_MS = 60_000

/**
 * Tables on which one seating runs and the next follows, at the same times; the restaurant's slots of
 * each, in order.
 */
export async function setUpEvening({
  tables = 1,
  ...restaurant
}: Partial<Restaurant> & { tables?: number } = {}) {
  const { scene, ownerId, dinerId, otherId } = await setUpRestaurant([], restaurant)
  const { restaurantId, serviceDate } = scene
  const slots: { running: string; next: string; tableId: string }[] = []
  const nowMs = Date.now()
  for (let made = 0; made < tables; made++) {
    const table = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
    const slotAt = async (from: number, to: number) =>
      (
        await createSlot(pool, {
          tableId: table.id,
          serviceDate,
          startsAt: new Date(nowMs + from * MINUTE_MS),
          endsAt: new Date(nowMs + to * MINUTE_MS),
        })
      ).id
    slots.push({
      running: await slotAt(-80, 10),
      next: await slotAt(10, 100),
      tableId: table.id,
    })
  }
  const [first] = slots
  return { scene, restaurantId, serviceDate, ownerId, dinerId, otherId, slots, first }
}

export const act = (
  reservationId: string,
  done: ReservationAct,
  accountId: string,
  intent: StaffIntent = {},
) =>
  moveReservation({
    reservationId,
    act: done,
    actor: actorOf(accountId),
    scope: 'staff',
    intent,
  })

export const correct = (
  reservationId: string,
  to: CorrectedStatus,
  accountId: string,
  intent: StaffIntent = {},
) => correctReservation({ reservationId, to, actor: actorOf(accountId), intent })

/** The party has sat since yesterday: its day is over, and nobody has said that it left. */
export async function forget(reservationId: string): Promise<void> {
  await pool.query(
    `UPDATE reservations SET seated_at = seated_at - interval '1 day' WHERE id = $1`,
    [reservationId],
  )
  await pool.query(
    `UPDATE occupancies SET seated_at = seated_at - interval '1 day', service_date = service_date - 1
      WHERE reservation_id = $1`,
    [reservationId],
  )
}

/** The time of a party and of its slots is over. */
export async function runOver(reservationId: string): Promise<void> {
  await pool.query(
    `WITH slot AS (
       UPDATE slots SET starts_at = starts_at - interval '1 hour', ends_at = now() - interval '12 minutes'
        WHERE id IN (SELECT slot_id FROM reservation_slots WHERE reservation_id = $1))
     UPDATE reservations SET starts_at = starts_at - interval '1 hour', ends_at = now() - interval '12 minutes' WHERE id = $1`,
    [reservationId],
  )
}

export const createOtherStaff = async (restaurantId: string): Promise<string> => {
  const other = await createAccount(pool)
  await pool.query(`INSERT INTO restaurant_staff VALUES ($1, $2, 'STAFF')`, [
    restaurantId,
    other.id,
  ])
  return other.id
}
