import { holdSoftly, releaseSoftly } from '@/domain/availability/soft-hold.commands'
import { softHoldRelease, softHoldRequest } from '@/domain/availability/soft-hold.schema'
import { checkTurn } from '@/domain/opening/turn.commands'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress, readVisitor } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

/** A hint that promises nothing, so that the token alone says whose it is: no Postgres on its way. */
export const POST = apiRoute({
  who: readVisitor,
  body: softHoldRequest,
  answer: async ({ who, params, body, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const token = request.headers.get('opening-turn')
    const held = await holdSoftly({
      dinerId: who.accountId,
      turnOf: await checkTurn({ token, accountId: who.accountId }),
      restaurantId,
      serviceDate: body.serviceDate,
      address: readTrustedAddress(request.headers),
      request: body,
    })
    return held.ok ? jsonResponse(held.value, held.value.slotId === null ? 200 : 201) : held
  },
})

export const DELETE = apiRoute({
  who: readVisitor,
  body: softHoldRelease,
  answer: async ({ who, params, body, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const released = await releaseSoftly({
      dinerId: who.accountId,
      restaurantId,
      address: readTrustedAddress(request.headers),
      ...body,
    })
    return released.ok ? new Response(null, { status: 204 }) : released
  },
})
