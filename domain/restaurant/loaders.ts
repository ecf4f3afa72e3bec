import { cache } from 'react'
import { findRestaurant, listRestaurants } from './queries'
import { restaurantListQuery } from './schema'
import type { RestaurantListQuery } from './types'

/** Asked once for a page and its title. Null: there is none by that name in an address. */
export const loadRestaurant = cache((slug: string) => findRestaurant({ idOrSlug: slug }))

export const loadRestaurants = listRestaurants

type SearchParams = Record<string, string | string[] | undefined>

/**
 * What a page's address asks for. The API refuses what it does not know; a page that somebody
 * followed a link to shows what it understands.
 */
export function readListQuery(given: SearchParams): RestaurantListQuery {
  const known = { keyword: given.keyword, category: given.category, region: given.region }
  const asked = restaurantListQuery.safeParse(dropUnset({ ...known, cursor: given.cursor }))
  return asked.data ?? restaurantListQuery.parse({})
}

function dropUnset(given: SearchParams) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
