import { taker } from '@/domain/line/loaders'
import { takenTicket, ticketRequest } from '@/domain/line/schema'
import { admitTaking, takeTicket } from '@/domain/line/take.commands'
import { ringOutboxBellLater } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams, jsonResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const ticket = named('TakenTicket', takenTicket)

export const POST = apiRoute({
  operationId: 'takeTicket',
  direct: 'POST /api/v1/restaurants/{id}/tickets',
  summary:
    'Join the line: from home, or at the door as staff or with a Kiosk-Token. 200 with the ticket that exists.',
  // A tablet at the door has no session.
  who: taker,
  params: idParams,
  body: named('TicketRequest', ticketRequest),
  key: 'required',
  answers: { 200: ticket, 201: ticket },
  refusals: [
    'not-found',
    'address-unconfirmed',
    'shared-tablet',
    'no-line',
    'line-paused',
    'line-closed',
    'line-outside-hours',
    'line-full',
    'line-too-often',
    'already-in-line',
    'in-progress',
    'key-reused',
    'rate-limited',
    'invalid',
  ],
  answer: async ({ who, params, body: request, key, locale, address }) => {
    const admitted = await admitTaking({ taker: who, address })
    if (!admitted.ok) return admitted
    const asked = { restaurantId: params.id, taker: who, key, request, address, locale }
    const taken = await takeTicket(asked)
    // A contact that waits already may just have been written to; a request before may have lost its
    // answer before it could send.
    if (taken.ok || taken.reason === 'already-in-line') ringOutboxBellLater(after)
    if (!taken.ok) return taken
    return jsonResponse(taken.value.ticket, taken.value.isNew ? 201 : 200)
  },
})
