import { disputeNoShow } from '@/domain/booking/dispute.commands'
import { dispute, disputed } from '@/domain/booking/dispute.schema'
import { readOwnVisitor } from '@/domain/identity/loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'disputeNoShow',
  summary:
    'Diner: say that you were no no-show, once, within 14 days of the service date. It counts until the dispute is granted.',
  who: readOwnVisitor,
  params: idParams,
  body: named('Dispute', dispute),
  key: 'optional',
  answers: { 200: named('Disputed', disputed) },
  refusals: [
    'not-found',
    'not-a-no-show',
    'already-disputed',
    'dispute-closed',
    'in-progress',
    'key-reused',
  ],
  answer: async ({ who: { accountId }, params, body, key, address }) => {
    const actor = { accountId, address }
    const made = await disputeNoShow({ reservationId: params.id, ...body, actor, key })
    if (made.ok) after(ringOutboxBell)
    return made
  },
})
