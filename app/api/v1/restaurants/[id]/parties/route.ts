import { partySearch } from '@/domain/floor/other-dates.schema'
import { findPartiesOnOtherDates } from '@/domain/floor/queries'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: readLiveVisitor,
  query: partySearch,
  answer: async ({ who, params, query }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const found = await findPartiesOnOtherDates({
      restaurantId,
      accountId: who.accountId,
      ...query,
    })
    return found.ok ? jsonResponse({ items: found.value }) : found
  },
})
