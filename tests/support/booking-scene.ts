import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { placeReservation } from '@/domain/booking/commands'
import { moveReservation } from '@/domain/booking/move.commands'
import type { BookingRequest } from '@/domain/booking/schema'
import { pool } from '@/lib/db/database'
import {
  createDiners,
  createRestaurant,
  createSlot,
  createTable,
  readToday,
} from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'
import { TIME_ZONE } from './time-zone'

export type BookingScene = {
  restaurantId: string
  serviceDate: string
  /** The instant at which every table has a free slot. */
  startsAt: Date
  slotIds: string[]
}

/** A restaurant with one seating today and one table per entry of `tables` (its party sizes). */
export async function setUpSeating({
  tables,
  restaurant = {},
  inMinutes = 120,
  db = pool,
}: {
  tables: { minParty?: number; maxParty: number }[]
  restaurant?: Partial<Restaurant>
  /** How long until the seating begins; it lasts ninety minutes. */
  inMinutes?: number
  /** Another database than the test file's own. */
  db?: Pool
}): Promise<BookingScene> {
  const { id: restaurantId } = await createRestaurant(db, { timeZone: TIME_ZONE, ...restaurant })
  const startsAt = new Date(Date.now() + inMinutes * 60_000)
  const slotIds: string[] = []
  for (const { minParty = 1, maxParty } of tables) {
    const table = await createTable(db, { restaurantId, minParty, maxParty })
    slotIds.push((await createSlot(db, { tableId: table.id, startsAt })).id)
  }
  return { restaurantId, serviceDate: await readToday(db, restaurantId), startsAt, slotIds }
}

export function requestFor(
  scene: BookingScene,
  change: Partial<BookingRequest> = {},
): BookingRequest {
  const { restaurantId, serviceDate, startsAt } = scene
  return { restaurantId, serviceDate, startsAt: startsAt.toISOString(), partySize: 2, ...change }
}

export function bookAs(
  dinerId: string,
  scene: BookingScene,
  { key = randomUUID(), ...change }: Partial<BookingRequest> & { key?: string } = {},
) {
  return placeReservation({ dinerId, key, request: requestFor(scene, change), address: null })
}

export async function createDinerIds(count: number): Promise<string[]> {
  return (await createDiners(pool, { count })).map(({ id }) => id)
}

/** How often each outcome came: `booked`, or the reason of a refusal. */
export function countOutcomes(outcomes: ({ ok: true } | { ok: false; reason: string })[]) {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) {
    const name = outcome.ok ? 'booked' : outcome.reason
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** The deadline of every hold passes: rows are moved, never the clock. */
export async function runOutHolds(): Promise<void> {
  await pool.query(
    `UPDATE reservations SET hold_expires_at = now() - interval '1 ms' WHERE status = 'HELD'`,
  )
  await pool.query(
    `UPDATE slots SET held_until = now() - interval '1 ms' WHERE held_until IS NOT NULL`,
  )
}

export function cancelAs(dinerId: string, booked: Awaited<ReturnType<typeof bookAs>>) {
  if (!booked.ok) throw new Error(booked.reason)
  return moveReservation({
    reservationId: booked.value.reservation.id,
    act: 'CANCEL',
    actor: { accountId: dinerId, address: null },
    scope: 'diner',
  })
}

/** The entry at an index, which must exist. */
export function entryAt<T>(list: T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}
