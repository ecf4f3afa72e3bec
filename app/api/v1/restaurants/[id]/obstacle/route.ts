import { findObstacle } from '@/domain/booking/queries'
import { bookingTime } from '@/domain/booking/schema'
import { readOwnVisitor } from '@/domain/identity/loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { refuse, succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'findObstacle',
  summary:
    'Whether reservations of your own are in the way of one more at that time. 204 when none is. A hint: the booking itself judges again.',
  who: readOwnVisitor,
  params: idParams,
  query: bookingTime,
  answers: { 204: null },
  refusals: ['no-shows', 'already-booked', 'too-many-reservations', 'overlapping-reservation'],
  answer: async ({ who, params, query }) => {
    const obstacle = await findObstacle({
      dinerId: who.accountId,
      restaurantId: params.id,
      ...query,
    })
    if (!obstacle) return succeed(null)
    const { reason, ...details } = obstacle
    return refuse(reason, details)
  },
})
