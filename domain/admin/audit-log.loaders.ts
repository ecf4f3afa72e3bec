import { readAsAdmin } from '@/domain/identity/admin.loaders'
import { findPersonByWord } from '@/domain/identity/people.queries'
import { findHouseByWord } from '@/domain/restaurant/directory.queries'
import { listTrail } from './audit-log.queries'
import { trailQuery } from './audit-log.schema'

const NOTHING = { items: [], nextCursor: null }

/**
 * One page of the trail as an address asks for it; a person or a restaurant that there is not gives
 * an empty one. Null: no admin looks.
 */
export function loadTrail(given: unknown) {
  return readAsAdmin(async () => {
    const query = trailQuery.parse(given)
    const [person, restaurant] = await Promise.all([
      query.person ? findPersonByWord(query.person) : null,
      query.restaurant ? findHouseByWord(query.restaurant) : null,
    ])
    const isLost = (query.person && !person) || (query.restaurant && !restaurant)
    const ids = { accountId: person?.id ?? null, restaurantId: restaurant?.id ?? null }
    const page = isLost ? NOTHING : await listTrail({ ...query, ...ids })
    return { ...page, query, person, restaurant }
  })
}
