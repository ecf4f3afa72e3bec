import { addDays } from '@/domain/schedule/rules'
import { createReservation } from '../factories'
import type { Database } from '../rows'
import { drawChance, shuffle } from './chance'

/** The days before stay free, for trying the service by hand. */
const FIRST_DAY_AHEAD = 4
const LAST_DAY_AHEAD = 13
const FEWEST = 2

type Demo = {
  db: Database
  restaurantIds: readonly string[]
  today: string
  now: Date
}

/**
 * Gives each demo diner who has fewer than two reservations to come two or three, each on a date of
 * its own.
 */
export async function bookForDemoDiners({
  dinerIds,
  ...demo
}: Demo & { dinerIds: readonly string[] }): Promise<void> {
  if (demo.restaurantIds.length === 0) return
  for (const [index, dinerId] of dinerIds.entries()) {
    const busyDates = await listBusyDates({ ...demo, dinerId })
    if (busyDates.length >= FEWEST) continue
    const wanted = FEWEST + (index % 2) - busyDates.length
    await bookFor({ ...demo, dinerId, number: index + 1, busyDates, wanted })
  }
}

/** The dates of the diner's reservations to come. */
async function listBusyDates({ db, dinerId, now }: Demo & { dinerId: string }): Promise<string[]> {
  const { rows } = await db.query<{ date: string }>(
    `SELECT DISTINCT service_date::text AS date FROM reservations
      WHERE diner_id = $1 AND starts_at > $2 AND is_reservation_coming(status, hold_expires_at, $2)`,
    [dinerId, now],
  )
  return rows.map(({ date }) => date)
}

async function bookFor({
  dinerId,
  number,
  busyDates,
  wanted,
  ...demo
}: Demo & { dinerId: string; number: number; busyDates: string[]; wanted: number }) {
  const days = Array.from(
    { length: LAST_DAY_AHEAD - FIRST_DAY_AHEAD + 1 },
    (_, index) => FIRST_DAY_AHEAD + index,
  )
  let booked = 0
  for (const daysAhead of shuffle(days, 'demo', number)) {
    if (booked === wanted) return
    const serviceDate = addDays({ date: demo.today, days: daysAhead })
    if (busyDates.includes(serviceDate)) continue
    const slots = await listFreeSlots({ ...demo, serviceDate })
    const slotId = slots[Math.floor(drawChance('demo', number, daysAhead) * slots.length)]
    if (!slotId) continue
    await createReservation(demo.db, { slotId, dinerId })
    booked += 1
  }
}

/** Free tables for two, by restaurant in the demo's order. */
async function listFreeSlots({
  db,
  restaurantIds,
  serviceDate,
}: Demo & { serviceDate: string }): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT s.id FROM slots s
       JOIN restaurant_tables t ON t.id = s.table_id
       JOIN service_dates d ON d.restaurant_id = s.restaurant_id AND d.service_date = s.service_date
      WHERE s.restaurant_id = ANY ($1::uuid[]) AND s.service_date = $2 AND NOT d.closed
        AND 2 BETWEEN s.min_party AND s.max_party
        AND NOT s.taken AND NOT s.blocked AND s.deleted_at IS NULL
      ORDER BY array_position($1::uuid[], s.restaurant_id), s.starts_at, t.number`,
    [restaurantIds, serviceDate],
  )
  return rows.map(({ id }) => id)
}
