import { after } from 'next/server'
import { readDay } from '@/domain/board/day/queries'
import { boardQuery } from '@/domain/board/schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { apiRoute, idOf, watchedResponse } from '@/lib/api'
import { refuse } from '@/lib/result'

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
