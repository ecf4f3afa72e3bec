import { after } from 'next/server'
import { boardQuery } from '@/domain/availability/board.schema'
import { readDay } from '@/domain/floor/queries'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { apiRoute, idOf, watchedResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: readLiveVisitor,
  query: boardQuery,
  answer: async ({ who, params, query, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const day = await readDay({ restaurantId, date: query.date, accountId: who.accountId })
    // Staff who look at their board are a timer of their own: mails that waited for an undo go out.
    after(nudgeOutbox)
    if (!day.ok) return day
    const { asOf, ...content } = day.value
    return watchedResponse({ request, asOf, content })
  },
})
