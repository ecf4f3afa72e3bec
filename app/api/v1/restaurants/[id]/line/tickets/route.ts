import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { readWaiting } from '@/domain/line/waiting.queries'
import { waiting, waitingTicket } from '@/domain/line/waiting.schema'
import { apiRoute, idParams, watchedResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'readWaiting',
  summary: 'Staff: who stands in line today, in its order, and who has lapsed.',
  who: readLiveVisitor,
  params: idParams,
  query: z.strictObject({}),
  answers: { 200: named('Waiting', waiting, { WaitingTicket: waitingTicket }) },
  sorted: {
    tickets: 'as parties will be called, then lapsed ones from the latest',
  },
  refusals: ['not-found', 'no-line'],
  answer: async ({ who, params, request }) => {
    const read = await readWaiting({ restaurantId: params.id, accountId: who.accountId })
    if (!read.ok) return read
    const { asOf, ...content } = read.value
    return watchedResponse({ request, asOf, content })
  },
})
