import { movedReservation } from '@/app/api/v1/reservations/moved-reservation'
import { walkInRequest } from '@/domain/booking/schema'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'seatWalkIn',
  summary: 'Staff: seat a party without a reservation, at seatings or at tables from now on',
  who: staffActor,
  params: idParams,
  body: named('WalkInRequest', walkInRequest),
  key: 'optional',
  answers: { 201: movedReservation },
  refusals: [
    'not-found',
    'other-date',
    'past-time',
    'no-such-time',
    'beyond-day-cut',
    'next-party-soon',
    'party-size',
    'no-such-table',
    'slot-taken',
    'table-occupied',
    'in-progress',
    'key-reused',
  ],
  answer: ({ who: { accountId }, params, body, key, address }) =>
    seatWalkIn({ restaurantId: params.id, request: body, actor: { accountId, address }, key }),
})
