import { z } from 'zod'
import { watcher } from '@/domain/identity/loaders'
import { readWatchedLine } from '@/domain/line/loaders'
import { waiting, waitingTicket } from '@/domain/line/waiting.schema'
import { apiRoute, idParams, watchedResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'readWaiting',
  summary: 'Staff: who stands in line today, in its order, and who has lapsed.',
  who: watcher,
  params: idParams,
  query: z.strictObject({}),
  answers: { 200: named('Waiting', waiting, { WaitingTicket: waitingTicket }) },
  sorted: {
    tickets: 'as parties will be called, then lapsed ones from the latest',
    'tickets[].entry.tags': 'by name',
  },
  refusals: ['not-found', 'no-line'],
  answer: async ({ who, params, request }) => {
    const { accountId, epoch, sessionId } = who
    const session = { accountId, epoch, sessionId }
    const read = await readWatchedLine({ restaurantId: params.id, session })
    if (!read.ok) return read
    const { asOf, ...content } = read.value
    return watchedResponse({ request, asOf, content })
  },
})
