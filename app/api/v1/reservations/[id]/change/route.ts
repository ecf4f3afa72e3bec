import { changeReservation } from '@/domain/booking/change.commands'
import { changedReservation, reservationChange } from '@/domain/booking/change.schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { openingTurn } from '@/lib/http/headers'

export const POST = apiRoute({
  operationId: 'changeReservation',
  summary:
    'Diner: another date, time, size or other words for your own, under every check of a booking. Staff: also other tables, another length, or the place of another party. Refused, it stays as it was.',
  who: staffActor,
  params: idParams,
  body: named('ReservationChange', reservationChange),
  key: 'required',
  headers: openingTurn,
  answers: { 200: named('ChangedReservation', changedReservation) },
  sorted: { tableNumbers: 'upwards' },
  refusals: [
    'not-found',
    'cannot-move',
    'hold-expired',
    'after-start',
    'changed-meanwhile',
    'day-closed',
    'sold-out',
    'all-being-booked',
    'already-booked',
    'too-many-reservations',
    'overlapping-reservation',
    'slot-taken',
    'not-open-yet',
    'no-turn',
    'gate-stands',
    'bookings-off',
    'party-size',
    'not-today',
    'past-date',
    'past-time',
    'beyond-horizon',
    'closed-day',
    'no-such-time',
    'beyond-day-cut',
    'outside-hours',
    'no-such-table',
    'cannot-swap',
    'table-occupied',
    'swap-with-itself',
    'swap-other-date',
    'in-progress',
    'key-reused',
    'rate-limited',
    'address-unconfirmed',
    'signed-out',
    'shared-tablet',
    'invalid',
  ],
  answer: async ({ who, params, body, key, address, readHeader }) =>
    changeReservation({
      reservationId: params.id,
      change: body,
      actor: { accountId: who.accountId, address },
      scope: 'either',
      session: who,
      key,
      turn: readHeader('Opening-Turn'),
      later: after,
    }),
})
