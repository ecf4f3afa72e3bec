import { cache } from 'react'
import { readPageVisitor } from '@/domain/identity/loaders'
import { findRestaurant, findStaffRestaurant } from './queries'
import { restaurantListQuery } from './schema'
import { listFacets } from './search.queries'
import type { OwnRestaurant, RestaurantListQuery } from './types'

/** Asked once for a page and its title. Null: there is none by that name in an address. */
export const loadRestaurant = cache((slug: string) => findRestaurant({ idOrSlug: slug }))

export const loadFacets = listFacets

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

const loadOwnRestaurant = cache(async (slug: string) => {
  const visitor = await readPageVisitor()
  return visitor && findStaffRestaurant({ accountId: visitor.accountId, slug })
})

/**
 * A restaurant for whoever works there; asked once for a page and its layout. `OWNER`: only for who
 * may change it, an approved owner or an admin. Null: nobody is signed in, or it is not theirs.
 */
export async function loadStaffRestaurant({
  slug,
  rights,
}: {
  slug: string
  rights: 'OWNER' | 'ANY'
}): Promise<OwnRestaurant | null> {
  const restaurant = await loadOwnRestaurant(slug)
  return restaurant?.role === 'STAFF' && rights === 'OWNER' ? null : restaurant
}
