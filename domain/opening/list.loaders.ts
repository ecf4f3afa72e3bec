import { readAsAdmin } from '@/domain/identity/admin.loaders'
import { countUsualSlots, listAnyOpenings, listOwnOpenings } from './list.queries'
import { anyOpeningQuery, openingListQuery } from './list.schema'
import { findHabit } from './recurring.queries'

type SearchParams = Record<string, string | string[] | undefined>

/** What a page's address asks for; what it does not understand asks for nothing. */
function readQuery({ show, cursor }: SearchParams) {
  const asked = openingListQuery.safeParse({
    ...(typeof show === 'string' && { show }),
    ...(typeof cursor === 'string' && { cursor }),
    limit: 10,
  })
  return asked.data ?? openingListQuery.parse({ limit: 10 })
}

/** All that the page of a restaurant's openings shows; who may see it, the page has asked. */
export async function loadOwnOpenings({
  restaurantId,
  given,
}: {
  restaurantId: string
  given: SearchParams
}) {
  const query = readQuery(given)
  const [page, habit, usualSlots] = await Promise.all([
    listOwnOpenings({ restaurantId, ...query }),
    findHabit(restaurantId),
    countUsualSlots(restaurantId),
  ])
  return { ...page, query, habit, usualSlots }
}

/** One page of all openings there are. Null: no admin looks. */
export function loadAnyOpenings(given: unknown) {
  return readAsAdmin(async () => {
    const query = anyOpeningQuery.parse(given)
    return { ...(await listAnyOpenings(query)), query }
  })
}
