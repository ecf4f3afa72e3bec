import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { cancelOpening } from '@/domain/opening/plan.commands'
import { cancellation } from '@/domain/opening/plan.schema'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

const cancelledOpening = z.object({ id: z.uuid(), state: z.literal('CANCELLED') })

export const POST = apiRoute({
  operationId: 'cancelOpening',
  summary: 'Owner: take an announced opening back, before its instant',
  who: readLiveVisitor,
  params: idParams,
  body: named('OpeningCancellation', cancellation),
  answers: { 200: named('CancelledOpening', cancelledOpening) },
  refusals: ['not-found', 'opening-begun', 'opening-over'],
  answer: async ({ who: { accountId }, params: { id }, body, address }) => {
    const actor = { accountId, address }
    const cancelled = await cancelOpening({ openingId: id, ...body, actor })
    if (!cancelled.ok) return cancelled
    after(ringOutboxBell)
    return succeed({ id, state: 'CANCELLED' as const })
  },
})
