import { applySchedule } from '@/domain/schedule/plan.commands'
import { previewSchedule } from '@/domain/schedule/plan.queries'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import {
  createAccount,
  createRestaurant,
  createStaff,
  createTable,
  readToday,
} from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'
import { TIME_ZONE } from './time-zone'

export interface ScheduleScene {
  restaurantId: string
  ownerId: string
  floorId: string
  tableIds: string[]
  today: string
  /** Three days ahead: nothing of it is over. */
  date: string
  dateAt: (daysAhead: number) => string
}

/** Two tables, and every day of the week from 11:30 to 14:30 and from 17:30 to 20:30. */
export async function setUpWeek(restaurant: Partial<Restaurant> = {}): Promise<ScheduleScene> {
  const { id: ownerId } = await createAccount(pool, { role: 'OWNER' })
  const { id: floorId } = await createAccount(pool)
  const { id: restaurantId } = await createRestaurant(pool, {
    timeZone: TIME_ZONE,
    ownerId,
    ...restaurant,
  })
  await createStaff(pool, { restaurantId, accountId: floorId, role: 'STAFF' })
  const tableIds: string[] = []
  for (const maxParty of [2, 4])
    tableIds.push((await createTable(pool, { restaurantId, minParty: 1, maxParty })).id)
  await setHours({
    restaurantId,
    stretches: [
      [690, 870],
      [1050, 1230],
    ],
  })
  const today = await readToday(pool, restaurantId)
  const dateAt = (daysAhead: number) => addDays({ date: today, days: daysAhead })
  return { restaurantId, ownerId, floorId, tableIds, today, date: dateAt(3), dateAt }
}

/** The same on every weekday, written whole however many set them at once. */
export async function setHours({
  restaurantId,
  stretches,
}: {
  restaurantId: string
  stretches: [number, number][]
}): Promise<void> {
  await runTransaction(async (tx) => {
    await tx.$executeRaw`UPDATE restaurants SET version = version + 1 WHERE id = ${restaurantId}::uuid`
    await tx.$executeRaw`DELETE FROM restaurant_hours WHERE restaurant_id = ${restaurantId}::uuid`
    for (const [from, to] of stretches)
      await tx.$executeRaw`
        INSERT INTO restaurant_hours
        SELECT ${restaurantId}::uuid, weekday, ${from}::int, ${to}::int FROM generate_series(1, 7) AS weekday`
  })
}

export const actorOf = (accountId: string) => ({ accountId, address: null })

type Range = { from?: string; to?: string }

export async function preview(scene: ScheduleScene, { from = scene.date, to = from }: Range = {}) {
  const { restaurantId, ownerId: accountId } = scene
  const answer = await previewSchedule({ restaurantId, from, to, accountId })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value
}

export function apply(
  scene: ScheduleScene,
  { from, to, fingerprint }: { from: string; to: string; fingerprint: string },
  accountId = scene.ownerId,
) {
  const { restaurantId } = scene
  return applySchedule({ restaurantId, from, to, fingerprint, actor: actorOf(accountId) })
}

/** Previews the schedule, and makes what the preview shows. */
export async function makeDates(scene: ScheduleScene, range: Range = {}) {
  const made = await apply(scene, await preview(scene, range))
  if (!made.ok) throw new Error(made.reason)
  return made.value
}

/** The slots, as 'table wall time max' with their state. */
export async function listOffered(restaurantId: string): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT concat_ws(' ', to_char(s.starts_at AT TIME ZONE r.time_zone, 'HH24:MI'), t.number, s.max_party,
                      CASE WHEN s.taken THEN 'taken' END, CASE WHEN s.blocked THEN 'blocked' END) AS line
       FROM slots s JOIN restaurant_tables t ON t.id = s.table_id JOIN restaurants r ON r.id = s.restaurant_id
      WHERE s.restaurant_id = $1 AND s.deleted_at IS NULL ORDER BY s.starts_at, t.number`,
    [restaurantId],
  )
  return rows.map(({ line }) => line)
}

export async function findSlot(
  { restaurantId }: ScheduleScene,
  { wall, table }: { wall: string; table: number },
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT s.id FROM slots s JOIN restaurant_tables t ON t.id = s.table_id JOIN restaurants r ON r.id = s.restaurant_id
      WHERE s.restaurant_id = $1 AND s.deleted_at IS NULL AND t.number = $3
        AND to_char(s.starts_at AT TIME ZONE r.time_zone, 'HH24:MI') = $2
      ORDER BY s.starts_at LIMIT 1`,
    [restaurantId, wall, table],
  )
  const [slot] = rows
  if (!slot) throw new Error(`no slot at ${wall} on table ${table}`)
  return slot.id
}

export async function readVersion({
  restaurantId,
}: Pick<ScheduleScene, 'restaurantId'>): Promise<number> {
  const { rows } = await pool.query<{ version: number }>(
    'SELECT version FROM restaurants WHERE id = $1',
    [restaurantId],
  )
  return rows[0]?.version ?? -1
}
