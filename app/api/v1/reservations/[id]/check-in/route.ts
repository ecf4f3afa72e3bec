import { findCheckIn } from '@/domain/floor/queries'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: readLiveVisitor,
  answer: async ({ who, params }) => {
    const reservationId = idOf(params.id)
    if (!reservationId) return refuse('not-found')
    const found = await findCheckIn({ reservationId, accountId: who.accountId })
    return found.ok ? jsonResponse(found.value) : found
  },
})
