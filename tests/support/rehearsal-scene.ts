import { rehearseOpening } from '@/domain/booking/rehearsal.commands'
import type { RehearsalRates } from '@/domain/opening/rehearsal.schema'
import { pool } from '@/lib/db/database'
import { createAccount, createSlot, createStaff } from '@/prisma/factories'
import type { TestDatabase } from './database'
import { createOpening } from './opening-scene'
import { actorOf } from './schedule-scene'

export const RATES: RehearsalRates = {
  entriesPerSecond: 2_000,
  bookingsPerSecond: 500,
  requestsPerSecond: 800,
  pollsPerSecond: null,
}

/** An opening in two hours, with seats and an owner, and a deployment that takes `RATES`. */
export async function setUpRehearsal({ opensInMinutes = 120, seats = 5 } = {}) {
  const scene = await createOpening({ opensInMinutes })
  const { restaurantId, openingId } = scene
  const { id: ownerId } = await createAccount(pool, { role: 'OWNER' })
  await createStaff(pool, { restaurantId, accountId: ownerId })
  const slotIds: string[] = []
  for (let count = 0; count < seats; count += 1)
    slotIds.push((await createSlot(pool, { restaurantId })).id)
  const measure = async () => RATES
  const rehearse = (given: Partial<Parameters<typeof rehearseOpening>[0]> = {}) =>
    rehearseOpening({ openingId, people: 2_000, actor: actorOf(ownerId), measure, ...given })
  return { ...scene, ownerId, slotIds, rehearse }
}

/** The number of rows of every table. */
export async function countRows(database: TestDatabase): Promise<Record<string, number>> {
  const tables = await database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  const counts = await database.query<{ name: string; count: number }>(
    tables
      .map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS count FROM "${name}"`)
      .join(' UNION ALL '),
  )
  return Object.fromEntries(counts.map(({ name, count }) => [name, count]))
}
