import { readLiveVisitor } from '@/domain/identity/loaders'
import { cancelOpening } from '@/domain/opening/plan.commands'
import { cancellation } from '@/domain/opening/plan.schema'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const POST = apiRoute({
  who: readLiveVisitor,
  body: cancellation,
  answer: async ({ who: { accountId }, params, body, request }) => {
    const openingId = idOf(params.id)
    if (!openingId) return refuse('not-found')
    const actor = { accountId, address: readTrustedAddress(request.headers) }
    const cancelled = await cancelOpening({ openingId, ...body, actor })
    return cancelled.ok ? jsonResponse({ id: openingId, state: 'CANCELLED' }) : cancelled
  },
})
