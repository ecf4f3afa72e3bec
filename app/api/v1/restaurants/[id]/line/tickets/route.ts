import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { readWaiting } from '@/domain/line/waiting.queries'
import { apiRoute, idOf, watchedResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: readLiveVisitor,
  query: z.strictObject({}),
  answer: async ({ who, params, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const waiting = await readWaiting({ restaurantId, accountId: who.accountId })
    if (!waiting.ok) return waiting
    const { asOf, ...content } = waiting.value
    return watchedResponse({ request, asOf, content })
  },
})
