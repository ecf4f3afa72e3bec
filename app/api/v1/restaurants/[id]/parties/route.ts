import { findPartiesElsewhere } from '@/domain/board/day/elsewhere/queries'
import { partySearch } from '@/domain/board/day/elsewhere/schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idOf, jsonResponse } from '@/lib/api'
import { refuse } from '@/lib/result'

export const GET = apiRoute({
  who: readLiveVisitor,
  query: partySearch,
  answer: async ({ who, params, query }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const found = await findPartiesElsewhere({ restaurantId, accountId: who.accountId, ...query })
    return found.ok ? jsonResponse({ items: found.value }) : found
  },
})
