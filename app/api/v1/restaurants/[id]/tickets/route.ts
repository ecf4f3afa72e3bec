import { after } from 'next/server'
import { readTaker } from '@/domain/line/loaders'
import { ticketRequest } from '@/domain/line/schema'
import { admitTaking, takeTicket } from '@/domain/line/take.commands'
import { ringOutboxBell } from '@/lib/db/outbox'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { requireIdempotencyKey } from '@/lib/http/idempotency-key'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const POST = apiRoute({
  // A tablet at the door has no session.
  who: { read: readTaker },
  body: ticketRequest,
  answer: async ({ who: taker, request, params, body, locale }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const key = requireIdempotencyKey(request.headers)
    if (!key.ok) return key
    const address = readTrustedAddress(request.headers)
    const admitted = await admitTaking({ taker, address })
    if (!admitted.ok) return admitted
    const asked = { restaurantId, taker, key: key.value, request: body, address, locale }
    const taken = await takeTicket(asked)
    if (!taken.ok) return taken
    if (taken.value.isNew) after(ringOutboxBell)
    return jsonResponse(taken.value.ticket, taken.value.isNew ? 201 : 200)
  },
})
