import { findOwnReservation } from '@/domain/booking/queries'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: readLiveVisitor,
  answer: async ({ who, params }) => {
    const id = idOf(params.id)
    const reservation =
      id && (await findOwnReservation({ dinerId: who.accountId, reservationId: id }))
    return reservation ? jsonResponse(reservation) : refuse('not-found')
  },
})
