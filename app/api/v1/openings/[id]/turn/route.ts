import { readRecentVisitor } from '@/domain/identity/session.loaders'
import { takeTurn } from '@/domain/opening/commands'
import { turnAnswer, turnRequest } from '@/domain/opening/schema'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'takeTurn',
  direct: 'POST /api/v1/openings/{id}/turn',
  summary: 'The right to book, once your turn has come; sent with a booking as Opening-Turn',
  who: readRecentVisitor,
  params: idParams,
  body: named('TurnRequest', turnRequest),
  answers: { 201: named('Turn', turnAnswer) },
  refusals: ['not-found', 'receipt-unknown', 'not-your-turn', 'sold-out', 'opening-over'],
  answer: ({ who, params, body }) =>
    takeTurn({ openingId: params.id, accountId: who.accountId, ...body }),
})
