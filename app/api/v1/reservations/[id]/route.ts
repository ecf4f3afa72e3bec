import { findOwnReservation } from '@/domain/booking/queries'
import { reservationView } from '@/domain/booking/schema'
import { readOwnVisitor } from '@/domain/identity/loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { refuse, succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readOwnReservation',
  summary: 'One of your own',
  who: readOwnVisitor,
  params: idParams,
  answers: { 200: named('Reservation', reservationView) },
  sorted: {
    tableNumbers: 'upwards',
  },
  refusals: ['not-found'],
  answer: async ({ who, params }) => {
    const asked = { dinerId: who.accountId, reservationId: params.id }
    const reservation = await findOwnReservation(asked)
    return reservation ? succeed(reservation) : refuse('not-found')
  },
})
