import { readLiveVisitor } from '@/domain/identity/loaders'
import { applySchedule } from '@/domain/schedule/plan.commands'
import { previewSchedule } from '@/domain/schedule/plan.queries'
import { scheduleRequest } from '@/domain/schedule/plan.schema'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

/** Without a fingerprint a question, with the one of its answer an order. */
export const POST = apiRoute({
  who: readLiveVisitor,
  body: scheduleRequest,
  answer: async ({ who: { accountId }, params, body, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const { fingerprint, ...range } = body
    const actor = { accountId, address: readTrustedAddress(request.headers) }
    const answer =
      fingerprint === undefined
        ? await previewSchedule({ restaurantId, ...range, accountId })
        : await applySchedule({ restaurantId, ...range, fingerprint, actor })
    if (!answer.ok) return answer
    return jsonResponse({ applied: fingerprint !== undefined, preview: answer.value })
  },
})
