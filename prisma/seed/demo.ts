import type { Pool } from 'pg'
import { todayOf } from '@/domain/schedule/rules'
import { readRow } from '../rows'
import { addMissingAccounts } from './accounts'
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

/** The first four sign in by hand and in tests; their days stay empty. */
const FIRST_BOOKING_DINER = 5

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
  const accounts = await addMissingAccounts({ db: pool, report })
  const ownerId = accounts.get('owner@bobjool.test')
  const ids = await addMissingRestaurants({ pool, restaurants, ownerId, report })
  const opened = await openLines({ db: pool, ids })
  if (opened > 0) report(`Opened ${opened} waiting lines.`)
  const dinerIds = listBookingDiners(accounts)
  for (const restaurant of restaurants) {
    const restaurantId = ids.get(restaurant.slug)
    if (!restaurantId || !restaurant.tables) continue
    const calendar = { db: pool, restaurant, restaurantId, today, now, dinerIds }
    await fillCalendar({ calendar, report })
  }
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
  const openings = await addOpenings(calendar)
  if (openings > 0) report(`Announced ${openings} openings at ${name}.`)
  if (await openFriday(calendar)) report(`Opened the bookings of today at ${name}.`)
  const added = await addLateSeatings(calendar)
  if (added > 0) report(`Added ${added} late tables for today at ${name}.`)
}

function listBookingDiners(accounts: Map<string, string>): string[] {
  return Array.from({ length: 20 }, (_, index) => index + 1)
    .filter((number) => number >= FIRST_BOOKING_DINER)
    .flatMap((number) => accounts.get(`diner${number}@bobjool.test`) ?? [])
}

async function readClock(pool: Pool): Promise<Date> {
  const { now } = await readRow<{ now: Date }>({
    db: pool,
    text: 'SELECT now() AS now',
    values: [],
  })
  return now
}
