import { proveAuthor } from '@/domain/restaurant/author.commands'
import { tabletSession } from '@/domain/restaurant/author.loaders'
import { authorProof, provenAuthor } from '@/domain/restaurant/pin.schema'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'proveAuthor',
  summary:
    'On a shared tablet: say by a PIN who acts from now on. Its token goes with each act, as Bobjool-Author.',
  who: tabletSession,
  params: idParams,
  body: named('AuthorProof', authorProof),
  answers: { 201: named('ProvenAuthor', provenAuthor) },
  refusals: [
    'not-found',
    'rate-limited',
    'pin-locked',
    'wrong-pin',
    'pin-must-change',
    'pin-guessable',
  ],
  answer: async ({ who: tablet, params, body }) => {
    const proven = await proveAuthor({ restaurantId: params.id, tablet, ...body })
    if (!proven.ok && proven.reason === 'wrong-pin') after(ringOutboxBell)
    return proven
  },
})
