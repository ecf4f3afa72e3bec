import { addSeatings } from '@/domain/schedule/commands'
import { countWallMinutesAt, findInstant, formatWallTime, todayOf } from '@/domain/schedule/rules'
import type { Database } from '../rows'

export const timeZone = 'Asia/Seoul'
export const dayCutMinutes = 300

const OPENS_AT = '10:00'
/** How long turns are needed, from the opening on. */
export const GATE_MINUTES = 60
/** From 10:00 back to 23:00: its gate ends two hours before the demo may show the date. */
const EVENING_BEFORE_MINUTES = 11 * 60
const MINUTE_MS = 60_000
/** A demo is built, clicked through and tested for a while; its date must not change meanwhile. */
const LASTING_MINUTES = 120
/** A slot counts as free only if it begins this far ahead, when a person comes to book it. */
const NOTICE_MINUTES = 60
const ENOUGH_FREE = 6

/**
 * Bookings of a service date open at 10:00, unless its gate would still stand on the date that is
 * today or about to become it: that date opened late the evening before, so that at any hour there
 * is something to book without a turn.
 */
export function findFridayOpening({ serviceDate, now }: { serviceDate: string; now: Date }): Date {
  const opensAt = findInstant({ serviceDate, wallTime: OPENS_AT, timeZone }).at
  const isNow = listDatesAtHand(now).includes(serviceDate)
  if (!isNow || opensAt.getTime() + GATE_MINUTES * MINUTE_MS <= now.getTime()) return opensAt
  return new Date(opensAt.getTime() - EVENING_BEFORE_MINUTES * MINUTE_MS)
}

/** The service date of now, and the one at the end of the demo. */
export function listDatesAtHand(now: Date): string[] {
  const later = new Date(now.getTime() + LASTING_MINUTES * MINUTE_MS)
  return [now, later].map((at) => todayOf({ now: at, timeZone, dayCutMinutes }))
}

type Friday = { db: Database; restaurantId: string; today: string; now: Date }

/** Opens what should be open by now. Returns whether anything had to be changed. */
export async function openFriday({ db, restaurantId, now }: Friday): Promise<boolean> {
  const opened = await Promise.all(
    listDatesAtHand(now).map((serviceDate) =>
      db.query(
        `UPDATE service_dates SET opens_at = $3
          WHERE restaurant_id = $1 AND service_date = $2 AND opens_at > $3
            AND NOT EXISTS (SELECT FROM openings o WHERE o.restaurant_id = $1 AND o.service_date = $2
                                                     AND o.cancelled_at IS NULL)`,
        [restaurantId, serviceDate, findFridayOpening({ serviceDate, now })],
      ),
    ),
  )
  return opened.some(({ rowCount }) => rowCount !== null && rowCount > 0)
}

/**
 * When few tables for two or for four are left to book today, because the ordinary seatings have
 * begun or are taken, adds late ones from the next half hour on. They may run past midnight, and
 * past the day cut too: a slot belongs to the service date it was made for. Returns how many slots.
 */
export async function addLateSeatings(friday: Friday): Promise<number> {
  if (await hasEnoughFree(friday)) return 0
  const tables = await listTables(friday)
  let added = 0
  for (const [group, seatings] of planLateSeatings(friday).entries()) {
    const made = await addSeatings({
      db: friday.db,
      restaurantId: friday.restaurantId,
      serviceDate: friday.today,
      seatings,
      tableIds: tables.filter((_, index) => index % LATE_GROUPS === group),
    })
    if (made.ok) added += made.slotCount
  }
  return added
}

const LATE_GROUPS = 3
const LATE_SEATINGS = 4
const LATE_STEP_MINUTES = 30
const SEATING_MINUTES = 90
/** Diners don't book a table for the next few minutes. */
const SOONEST_MINUTES = 10

/**
 * For each third of the tables four seatings in a row, each third half an hour after the previous
 * one, so that a table of each class becomes free every half hour.
 */
export function planLateSeatings({ today, now }: { today: string; now: Date }): string[][] {
  const soonest = countWallMinutesAt({ at: now, serviceDate: today, timeZone }) + SOONEST_MINUTES
  const first = Math.ceil((soonest + 1) / LATE_STEP_MINUTES) * LATE_STEP_MINUTES
  return Array.from({ length: LATE_GROUPS }, (_, group) =>
    Array.from({ length: LATE_SEATINGS }, (__, seating) =>
      formatWallTime(first + group * LATE_STEP_MINUTES + seating * SEATING_MINUTES),
    ),
  )
}

async function hasEnoughFree({ db, restaurantId, today, now }: Friday): Promise<boolean> {
  const { rows } = await db.query<{ isEnough: boolean }>(
    `SELECT count(*) FILTER (WHERE 2 BETWEEN min_party AND max_party AND max_party < 4) >= $4
        AND count(*) FILTER (WHERE 4 BETWEEN min_party AND max_party) >= $4 AS "isEnough"
       FROM slots
      WHERE restaurant_id = $1 AND service_date = $2 AND starts_at >= $3
        AND NOT taken AND NOT blocked AND deleted_at IS NULL`,
    [restaurantId, today, new Date(now.getTime() + NOTICE_MINUTES * MINUTE_MS), ENOUGH_FREE],
  )
  return rows[0]?.isEnough ?? false
}

/** Every third table of each class, because tables are numbered by class. */
async function listTables({ db, restaurantId }: Friday): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM restaurant_tables WHERE restaurant_id = $1 AND deleted_at IS NULL
      ORDER BY max_party, number`,
    [restaurantId],
  )
  return rows.map(({ id }) => id)
}
