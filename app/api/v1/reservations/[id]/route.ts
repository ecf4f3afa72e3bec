import { findOwnReservation } from '@/domain/booking/queries'
import { apiRoute, idOf, jsonResponse } from '@/lib/api'
import { refuse } from '@/lib/result'

export const GET = apiRoute({
  who: 'signed-in',
  answer: async ({ who, params }) => {
    const id = idOf(params.id)
    const reservation =
      id && (await findOwnReservation({ dinerId: who.accountId, reservationId: id }))
    return reservation ? jsonResponse(reservation) : refuse('not-found')
  },
})
