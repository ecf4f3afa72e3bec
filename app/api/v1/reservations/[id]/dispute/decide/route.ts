import { decideDispute } from '@/domain/booking/dispute.commands'
import { disputeDecision, disputed } from '@/domain/booking/dispute.schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'decideDispute',
  summary:
    'Staff: grant a guest’s dispute, so that the no-show counts no more, or decline it. Once.',
  who: readLiveVisitor,
  params: idParams,
  body: named('DisputeDecision', disputeDecision),
  key: 'optional',
  answers: { 200: named('Disputed', disputed) },
  refusals: [
    'not-found',
    'not-a-no-show',
    'not-disputed',
    'dispute-decided',
    'in-progress',
    'key-reused',
  ],
  answer: async ({ who: { accountId }, params, body, key, address }) => {
    const actor = { accountId, address }
    const decided = await decideDispute({ reservationId: params.id, ...body, actor, key })
    if (decided.ok) after(ringOutboxBell)
    return decided
  },
})
