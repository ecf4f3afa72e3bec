import { pool } from '@/lib/db/database'
import { createReservation, createSlot, createTable, readToday } from '@/prisma/factories'
import type { FullEvening } from '../full-evening'

const MINUTE_MS = 60_000

/** Two more tables, pushed together for a party that sits at both. */
export async function joinTables({ restaurantId }: FullEvening): Promise<void> {
  const serviceDate = await readToday(pool, restaurantId)
  const wholeMinute = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
  const startsAt = new Date(wholeMinute - 30 * MINUTE_MS)
  const slotIds: string[] = []
  for (let count = 0; count < 2; count += 1) {
    const { id: tableId } = await createTable(pool, { restaurantId, minParty: 1, maxParty: 6 })
    slotIds.push((await createSlot(pool, { tableId, serviceDate, startsAt })).id)
  }
  await createReservation(pool, { slotIds, partySize: 9, walkIn: true })
}
