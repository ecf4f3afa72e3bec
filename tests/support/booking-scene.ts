import { randomUUID } from 'node:crypto'
import { placeReservation } from '@/domain/booking/commands'
import type { BookingRequest } from '@/domain/booking/schema'
import { pool } from '@/lib/db'
import {
  createDiners,
  createRestaurant,
  createSlot,
  createTable,
  readToday,
} from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'

export type BookingScene = {
  restaurantId: string
  serviceDate: string
  /** One instant at which every table has a free slot. */
  startsAt: Date
  slotIds: string[]
}

/** A restaurant with one seating today and one table per entry of `tables` (its party sizes). */
export async function setUpSeating({
  tables,
  restaurant = {},
}: {
  tables: { minParty?: number; maxParty: number }[]
  restaurant?: Partial<Restaurant>
}): Promise<BookingScene> {
  const { id: restaurantId } = await createRestaurant(pool, restaurant)
  const startsAt = new Date(Date.now() + 120 * 60_000)
  const slotIds: string[] = []
  for (const { minParty = 1, maxParty } of tables) {
    const table = await createTable(pool, { restaurantId, minParty, maxParty })
    slotIds.push((await createSlot(pool, { tableId: table.id, startsAt })).id)
  }
  return { restaurantId, serviceDate: await readToday(pool, restaurantId), startsAt, slotIds }
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
