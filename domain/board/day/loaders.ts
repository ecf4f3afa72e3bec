import { readPageVisitor } from '@/domain/identity/loaders'
import { findRestaurant, listStaffRestaurants, readStaffRole } from '@/domain/restaurant/queries'
import type { StaffRestaurant } from '@/domain/restaurant/types'
import { readDay } from './queries'
import { dayPageQuery } from './schema'
import type { DayPage } from './types'

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

/**
 * The day board for whoever looks: of the restaurant and date the address names, else of their
 * first restaurant that has tables, today. Somebody else's restaurant is not found.
 */
export async function loadDayPage(query: unknown): Promise<DayPage> {
  const visitor = await readPageVisitor()
  if (!visitor) return { state: 'SIGNED_OUT' }
  const { accountId } = visitor
  const { restaurant: slug, date } = dayPageQuery.parse(query)
  const { items: restaurants } = await listStaffRestaurants({ accountId })
  const listed = slug
    ? restaurants.find((candidate) => candidate.slug === slug)
    : (restaurants.find((candidate) => candidate.hasTables) ?? restaurants[0])
  if (!listed && !slug) return { state: 'NO_RESTAURANT' }
  const restaurant = listed ?? (slug ? await findStaffRestaurant({ accountId, slug }) : null)
  if (!restaurant) return { state: 'NOT_FOUND' }
  if (!restaurant.hasTables) return { state: 'LINE_ONLY', restaurant, restaurants }
  const day = await readDay({ restaurantId: restaurant.id, date, accountId })
  if (!day.ok) return { state: 'NOT_FOUND' }
  return { state: 'READY', restaurant, restaurants, day: day.value, isFollowingToday: !date }
}
