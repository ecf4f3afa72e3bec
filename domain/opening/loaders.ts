import { cache } from 'react'
import { z } from 'zod'
import { readAsAdmin } from '@/domain/identity/loaders'
import { countUsualSlots, listAnyOpenings, listOwnOpenings } from './list.queries'
import { anyOpeningQuery, openingListQuery } from './list.schema'
import { readOpening } from './queries'
import { findRecurringOpening } from './recurring.queries'
import type { Opening } from './schema'

/** An opening as its page shows it before the page's own script asks. Null: there is none. */
export const loadOpening = cache(async (id: string): Promise<Opening | null> => {
  const asked = z.uuid().safeParse(id)
  return asked.success ? (await readOpening(asked.data)).data : null
})

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
  const [page, recurring, usualSlots] = await Promise.all([
    listOwnOpenings({ restaurantId, ...query }),
    findRecurringOpening(restaurantId),
    countUsualSlots(restaurantId),
  ])
  return { ...page, query, recurring, usualSlots }
}

/** One page of all openings there are. Null: no admin looks. */
export function loadAnyOpenings(given: unknown) {
  return readAsAdmin(async () => {
    const query = anyOpeningQuery.parse(given)
    return { ...(await listAnyOpenings(query)), query }
  })
}
