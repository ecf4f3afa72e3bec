import { z } from 'zod'
import { bookTable } from '@/domain/booking/commands'
import { listOwnReservations } from '@/domain/booking/queries'
import {
  bookingRequest,
  placedReservation,
  reservationPageQuery,
  reservationView,
} from '@/domain/booking/schema'
import { readOwnVisitor } from '@/domain/identity/loaders'
import { after } from '@/lib/http/after'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { openingTurn } from '@/lib/http/headers'
import { readAttempt } from '@/lib/http/idempotency-key'
import { readVisitor } from '@/lib/http/session'
import { succeed } from '@/lib/problems/result'

const reservationPage = z.object({
  items: z.array(reservationView),
  nextCursor: z.string().nullable(),
})

export const GET = apiRoute({
  operationId: 'listOwnReservations',
  summary:
    'Own reservations: the next one first, then past ones, then cancelled and expired ones, both from the latest',
  who: readOwnVisitor,
  query: reservationPageQuery,
  answers: { 200: named('ReservationPage', reservationPage) },
  sorted: {
    items:
      'the next one first, then past ones, then cancelled and expired ones, both from the latest; ties by id',
    'items[].tableNumbers': 'upwards',
  },
  refusals: [],
  answer: async ({ who, query }) =>
    succeed(await listOwnReservations({ dinerId: who.accountId, ...query })),
})

export const POST = apiRoute({
  operationId: 'bookTable',
  direct: 'POST /api/v1/reservations',
  summary:
    'Book a table. Ask again with the same key, and Idempotency-Attempt one higher, until there is an answer.',
  // The statement that books also checks that the session is still valid.
  who: readVisitor,
  body: named('BookingRequest', bookingRequest),
  key: 'required',
  headers: openingTurn,
  answers: { 201: named('PlacedReservation', placedReservation) },
  refusals: [
    'sold-out',
    'all-being-booked',
    'already-booked',
    'too-many-reservations',
    'overlapping-reservation',
    'slot-taken',
    'in-progress',
    'not-open-yet',
    'no-turn',
    'bookings-off',
    'party-size',
    'not-today',
    'past-date',
    'past-time',
    'beyond-horizon',
    'closed-day',
    'no-such-time',
    'key-reused',
    'not-found',
    'rate-limited',
    'address-unconfirmed',
    'no-shows',
    'shared-tablet',
  ],
  answer: ({ who, body, key, address, readHeader, request: { headers } }) =>
    bookTable({
      dinerId: who.accountId,
      session: who,
      key,
      attempt: readAttempt(headers),
      turn: readHeader('Opening-Turn'),
      request: body,
      address,
      later: after,
    }),
})
