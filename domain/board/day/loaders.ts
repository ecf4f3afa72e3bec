import { readPageVisitor } from '@/domain/identity/loaders'
import { findRestaurant, listStaffRestaurants, readStaffRole } from '@/domain/restaurant/queries'
import type { StaffRestaurant } from '@/domain/restaurant/types'
import type { ServiceDate } from '@/domain/schedule/types'
import { readDay } from './queries'
import { dayPageQuery } from './schema'
import type { Day, DayHouse, FirstPanel } from './types'

/** One that the first page of the list does not hold; an admin may act for more than it shows. */
async function findStaffRestaurant({
  accountId,
  slug,
}: {
  accountId: string
  slug: string
}): Promise<StaffRestaurant | null> {
  const restaurant = await findRestaurant({ idOrSlug: slug })
  const role = restaurant && (await readStaffRole({ accountId, restaurantId: restaurant.id }))
  return restaurant && role ? { ...restaurant, role } : null
}

function decideFirstPanel({
  party,
  scan,
}: {
  party: string | undefined
  scan: '1' | undefined
}): FirstPanel {
  if (party) return { kind: 'PARTY', reservationId: party, isCheckedIn: true }
  return scan ? { kind: 'SCAN' } : null
}

/**
 * The restaurant and date that the address names, or else the first restaurant with tables of
 * whoever looks, and today. Somebody else's restaurant is not found.
 */
export async function loadDayHouse(query: unknown): Promise<DayHouse> {
  const visitor = await readPageVisitor()
  if (!visitor) return { state: 'SIGNED_OUT' }
  const { accountId } = visitor
  const { restaurant: slug, date = null, party, scan } = dayPageQuery.parse(query)
  const { items: restaurants } = await listStaffRestaurants({ accountId })
  const listed = slug
    ? restaurants.find((candidate) => candidate.slug === slug)
    : (restaurants.find((candidate) => candidate.hasTables) ?? restaurants[0])
  if (!listed && !slug) return { state: 'NO_RESTAURANT' }
  const restaurant = listed ?? (slug ? await findStaffRestaurant({ accountId, slug }) : null)
  if (!restaurant) return { state: 'NOT_FOUND' }
  const state = restaurant.hasTables ? 'READY' : 'LINE_ONLY'
  const firstPanel = decideFirstPanel({ party, scan })
  return { state, restaurant, restaurants, date, accountId, firstPanel }
}

/** Null: not signed in any more, or no longer of its staff. */
export async function loadDay({
  restaurantId,
  date,
}: {
  restaurantId: string
  date: ServiceDate | null
}): Promise<Day | null> {
  const visitor = await readPageVisitor()
  if (!visitor) return null
  const { accountId } = visitor
  const day = await readDay({ restaurantId, date: date ?? undefined, accountId })
  return day.ok ? day.value : null
}
