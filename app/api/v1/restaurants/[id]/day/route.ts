import { after } from 'next/server'
import { readDay } from '@/domain/floor/queries'
import { dayQuery } from '@/domain/floor/schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { apiRoute, idOf, watchedResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: readLiveVisitor,
  query: dayQuery,
  answer: async ({ who, params, query, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const day = await readDay({ restaurantId, date: query.date, accountId: who.accountId })
    // Staff who look at their board are a timer of their own: mails that waited for an undo go out.
    after(ringOutboxBell)
    if (!day.ok) return day
    const { asOf, ...content } = day.value
    return watchedResponse({ request, asOf, content })
  },
})
