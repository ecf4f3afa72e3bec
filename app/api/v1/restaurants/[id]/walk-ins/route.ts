import { walkInRequest } from '@/domain/booking/schema'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readIdempotencyKey } from '@/lib/http/idempotency-key'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const POST = apiRoute({
  who: readLiveVisitor,
  body: walkInRequest,
  answer: async ({ who, params, body, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const key = readIdempotencyKey(request.headers)
    if (!key.ok) return key
    const actor = { accountId: who.accountId, address: readTrustedAddress(request.headers) }
    const asked = { restaurantId, request: body, actor, key: key.value }
    const seated = await seatWalkIn(asked)
    return seated.ok ? jsonResponse(seated.value, 201) : seated
  },
})
