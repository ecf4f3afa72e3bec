import { Temporal } from 'temporal-polyfill'
import { makeSchedule } from '@/domain/schedule/commands'
import { addDays } from '@/domain/schedule/rules'
import type { Database } from '../rows'
import { bookSomeSlots } from './bookings'
import { findFridayOpening } from './friday'
import type { DemoRestaurant } from './restaurants'

export const FORTNIGHT_DAYS = 14

/** Everything about a restaurant that filling its calendar needs. */
export type Calendar = {
  db: Database
  restaurant: DemoRestaurant
  restaurantId: string
  /** Its service date at `now`. */
  today: string
  now: Date
  /** Who books its tables, and who was in the lobby of its openings. */
  dinerIds: readonly string[]
  lobbyIds: readonly string[]
}

/** Makes the missing service dates from today to a fortnight ahead. Returns how many. */
export async function addMissingDates(calendar: Calendar): Promise<{
  dates: number
  bookings: number
}> {
  const known = await listKnownDates(calendar)
  const made = { dates: 0, bookings: 0 }
  for (let daysAhead = 0; daysAhead <= FORTNIGHT_DAYS; daysAhead += 1) {
    const serviceDate = addDays({ date: calendar.today, days: daysAhead })
    if (known.has(serviceDate) || isClosed({ ...calendar, serviceDate })) continue
    if (!(await makeDate({ ...calendar, serviceDate }))) continue
    made.dates += 1
    made.bookings += await bookSomeSlots({
      ...calendar,
      slug: calendar.restaurant.slug,
      serviceDate,
      daysAhead,
    })
  }
  return made
}

async function listKnownDates({ db, restaurantId, today }: Calendar): Promise<Set<string>> {
  const { rows } = await db.query<{ date: string }>(
    `SELECT service_date::text AS date FROM service_dates
      WHERE restaurant_id = $1 AND service_date >= $2`,
    [restaurantId, today],
  )
  return new Set(rows.map(({ date }) => date))
}

function isClosed({
  restaurant,
  serviceDate,
}: {
  restaurant: DemoRestaurant
  serviceDate: string
}): boolean {
  return Temporal.PlainDate.from(serviceDate).dayOfWeek === restaurant.closedWeekday
}

/** False: the restaurant was changed so that no schedule can be made; that stands. */
async function makeDate({
  restaurant,
  ...asked
}: Calendar & { serviceDate: string }): Promise<boolean> {
  const made = await makeSchedule({
    db: asked.db,
    restaurantId: asked.restaurantId,
    serviceDate: asked.serviceDate,
    seatings: restaurant.seatings,
    opensAt: restaurant.sameDayOnly ? findFridayOpening(asked) : null,
  })
  return made.ok
}
