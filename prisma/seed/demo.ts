import type { Pool } from 'pg'
import { todayOf } from '@/domain/schedule/rules'
import { readRow } from '../rows'
import { addDemoAccounts, addFurtherDiners, demoDinerEmails } from './accounts'
import { bookForDemoDiners } from './demo-bookings'
import { addMissingDates, type Calendar } from './fortnight'
import { addLateSeatings, dayCutMinutes, openFriday, timeZone } from './friday'
import { openLines } from './lines'
import { addMissingRestaurants } from './missing-restaurants'
import { addOpenings } from './openings'
import { type DemoRestaurant, demoRestaurants } from './restaurants'

export type DemoOrder = {
  pool: Pool
  /** Absent: the database's clock. */
  now?: Date
  /** Called with one line for each step done. */
  report?: (line: string) => void
  restaurants?: DemoRestaurant[]
}

/** The first four sign in by hand and in tests, and were in no opening. */
const FIRST_IN_LOBBY = 5

/**
 * Brings the demo's people, restaurants and a fortnight of their schedules into the database, and
 * fills in what is missing on each later run: existing rows are never changed, except that `friday`
 * is always open today and has tables left to book. One seed runs at a time.
 */
export async function seedDemo({
  pool,
  now: given,
  report = () => {},
  restaurants = demoRestaurants,
}: DemoOrder): Promise<void> {
  const now = given ?? (await readClock(pool))
  const today = todayOf({ now, timeZone, dayCutMinutes })
  const accounts = await addDemoAccounts({ db: pool, report })
  const ownerId = accounts.get('owner@bobjool.test')
  const ids = await addMissingRestaurants({ pool, restaurants, ownerId, report })
  const opened = await openLines({ db: pool, ids })
  if (opened > 0) report(`Opened ${opened} waiting lines.`)
  const demoDinerIds = demoDinerEmails.flatMap((email) => accounts.get(email) ?? [])
  const calendars = restaurants.flatMap((restaurant) => {
    const restaurantId = ids.get(restaurant.slug)
    if (!restaurantId || !restaurant.tables) return []
    return [{ db: pool, restaurant, restaurantId, today, now }]
  })
  if (calendars.length === 0) return
  const dinerIds = [...(await addFurtherDiners(pool)).values()]
  const lobbyIds = demoDinerIds.slice(FIRST_IN_LOBBY - 1)
  for (const calendar of calendars)
    await fillCalendar({ calendar: { ...calendar, dinerIds, lobbyIds }, report })
  const restaurantIds = calendars
    .filter(({ restaurant }) => !restaurant.sameDayOnly)
    .map(({ restaurantId }) => restaurantId)
  await bookForDemoDiners({ db: pool, dinerIds: demoDinerIds, restaurantIds, today, now })
}

async function fillCalendar({
  calendar,
  report,
}: {
  calendar: Calendar
  report: (line: string) => void
}): Promise<void> {
  const { name, slug } = calendar.restaurant
  const { dates, bookings } = await addMissingDates(calendar)
  if (dates > 0) report(`Scheduled ${dates} days at ${name}, with ${bookings} bookings.`)
  if (slug !== 'friday') return
  const openings = await addOpenings({ ...calendar, dinerIds: calendar.lobbyIds })
  if (openings > 0) report(`Announced ${openings} openings at ${name}.`)
  if (await openFriday(calendar)) report(`Opened the bookings of today at ${name}.`)
  const added = await addLateSeatings(calendar)
  if (added > 0) report(`Added ${added} late tables for today at ${name}.`)
}

async function readClock(pool: Pool): Promise<Date> {
  const { now } = await readRow<{ now: Date }>({
    db: pool,
    text: 'SELECT now() AS now',
    values: [],
  })
  return now
}
