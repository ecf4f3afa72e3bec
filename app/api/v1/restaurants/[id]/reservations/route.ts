import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { bookedForGuest, guestBooking } from '@/domain/booking/schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'bookForGuest',
  summary: 'Staff: book a table for a guest, who needs no account',
  who: staffActor,
  params: idParams,
  body: named('GuestBooking', guestBooking),
  key: 'required',
  answers: { 201: named('BookedForGuest', bookedForGuest) },
  sorted: { tableNumbers: 'upwards' },
  refusals: [
    'invalid',
    'not-found',
    'no-such-table',
    'slot-taken',
    'table-occupied',
    'already-booked',
    'guest-differs',
    'party-size',
    'past-time',
    'no-such-time',
    'beyond-day-cut',
    'outside-hours',
    'closed-day',
    'not-open-yet',
    'rate-limited',
    'in-progress',
    'key-reused',
  ],
  answer: ({ who: { accountId }, params, body, key, address }) =>
    bookForGuest({
      restaurantId: params.id,
      request: body,
      actor: { accountId, address },
      later: after,
      key,
    }),
})
