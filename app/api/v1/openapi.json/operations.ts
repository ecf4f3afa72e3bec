import { z } from 'zod'
import { board, boardQuery } from '@/domain/availability/board.schema'
import {
  softHoldAnswer,
  softHoldRelease,
  softHoldRequest,
} from '@/domain/availability/soft-hold.schema'
import {
  bookingRequest,
  placedReservation,
  reservationPageQuery,
  reservationView,
  walkInRequest,
} from '@/domain/booking/schema'
import { checkIn } from '@/domain/floor/check-in.schema'
import { partiesOnOtherDates, partySearch } from '@/domain/floor/other-dates.schema'
import { day, dayQuery } from '@/domain/floor/schema'
import { credentials, sessionAnswer } from '@/domain/identity/schema'
import { signUpAnswer, signUpRequest } from '@/domain/identity/sign-up.schema'
import { undoRequest } from '@/domain/line/schema'
import { openingListQuery, openingPage } from '@/domain/opening/list.schema'
import { cancellation, openingPlan, rateChange } from '@/domain/opening/plan.schema'
import { opening, openingEntry, turnAnswer, turnRequest } from '@/domain/opening/schema'
import { openingLog } from '@/domain/proof/schema'
import { scheduleAnswer, scheduleRequest } from '@/domain/schedule/plan.schema'
import { changedSlot, slotChange } from '@/domain/schedule/slot.schema'
import type { Reason } from '@/lib/problems/problem'
import { lineOperations } from './line-operations'
import { bodyRefusals, type Operation, queryRefusals } from './operation'
import { restaurantOperations } from './restaurant-operations'

const page = (item: z.ZodType) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })
const undone = z.object({ id: z.uuid(), status: placedReservation.shape.status, actId: z.uuid() })
const moved = undone.extend({ undoUntil: z.iso.datetime() })
const keyRefusals: Reason[] = ['invalid', 'in-progress', 'key-reused']
const staffMove = (summary: string): Operation => ({
  summary,
  keyed: 'optional',
  answer: moved,
  refusals: [
    ...keyRefusals,
    'signed-out',
    'foreign-origin',
    'not-found',
    'cannot-move',
    'hold-expired',
    'slot-taken',
    'already-booked',
    'before-start',
  ],
})

const bookingRefusals: Reason[] = [
  'signed-out',
  'foreign-origin',
  ...bodyRefusals,
  'sold-out',
  'all-being-booked',
  'already-booked',
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
  'busy',
  'unavailable',
  'not-certain',
]

/** Every operation of v1: what it takes, answers and refuses. */
export const operations: Record<string, Record<string, Operation>> = {
  '/time': {
    get: {
      summary: 'The clock that judges deadlines',
      open: true,
      answer: z.object({ now: z.iso.datetime() }),
      refusals: ['unavailable'],
    },
  },
  '/session': {
    get: { summary: 'Who the session belongs to', open: true, refusals: [] },
    put: {
      summary: 'Renew the session cookie with what the account says now',
      status: 204,
      refusals: ['signed-out', 'foreign-origin', 'unavailable'],
    },
    post: {
      summary: 'Sign in for a bearer token',
      open: true,
      body: credentials,
      status: 201,
      answer: sessionAnswer,
      refusals: [...bodyRefusals, 'wrong-credentials', 'rate-limited', 'busy', 'unavailable'],
    },
  },
  '/accounts': {
    post: {
      summary:
        'Sign up; a link is mailed to confirm the address. The same answer whether or not it is known.',
      open: true,
      body: signUpRequest,
      status: 201,
      answer: signUpAnswer,
      refusals: [...bodyRefusals, 'rate-limited', 'busy', 'unavailable'],
    },
  },
  ...restaurantOperations,
  '/restaurants/{id}/board': {
    get: {
      summary:
        'The public board of a service date (default: today). The same bytes for everybody; times still to come.',
      open: true,
      query: boardQuery,
      answer: board,
      refusals: [...queryRefusals, 'not-found'],
    },
  },
  '/restaurants/{id}/soft-holds': {
    post: {
      summary:
        'Ask others to leave a table alone for three minutes while you confirm: a hint. 200 with null when none fits or nothing is known; booking works all the same.',
      body: softHoldRequest,
      status: 201,
      answer: softHoldAnswer,
      refusals: [
        'signed-out',
        'foreign-origin',
        ...bodyRefusals,
        'not-found',
        'no-turn',
        'rate-limited',
      ],
    },
    delete: {
      summary: 'Give it back',
      body: softHoldRelease,
      status: 204,
      refusals: ['signed-out', 'foreign-origin', ...bodyRefusals, 'not-found', 'rate-limited'],
    },
  },
  '/restaurants/{id}/day': {
    get: {
      summary: 'Staff: the private day',
      query: dayQuery,
      answer: day,
      refusals: ['signed-out', ...queryRefusals, 'not-found'],
    },
  },
  '/restaurants/{id}/walk-ins': {
    post: {
      summary: 'Staff: seat a party without a reservation',
      keyed: 'optional',
      body: walkInRequest,
      status: 201,
      answer: moved,
      refusals: [
        'signed-out',
        'foreign-origin',
        ...bodyRefusals,
        'not-found',
        'past-time',
        'party-size',
        'slot-taken',
        'in-progress',
        'key-reused',
      ],
    },
  },
  '/restaurants/{id}/parties': {
    get: {
      summary: 'Staff: guests of other dates, by name or the last digits of a phone',
      query: partySearch,
      answer: partiesOnOtherDates,
      refusals: ['signed-out', ...queryRefusals, 'not-found'],
    },
  },
  '/restaurants/{id}/schedule': {
    post: {
      summary:
        'Owner: what making these dates’ schedule would do; sent again with its fingerprint: make it. One transaction a date: what was made before a refusal stays made.',
      body: scheduleRequest,
      answer: scheduleAnswer,
      refusals: [
        'signed-out',
        'foreign-origin',
        ...bodyRefusals,
        'not-found',
        'past-date',
        'no-hours',
        'no-tables',
        'being-edited',
        'changed-meanwhile',
        'overlaps-other-date',
        'unavailable',
      ],
    },
  },
  '/restaurants/{id}/openings': {
    get: {
      summary: 'A restaurant’s openings: those that are coming, or those that are past',
      open: true,
      query: openingListQuery,
      answer: openingPage,
      refusals: ['not-found', ...queryRefusals],
    },
    post: {
      summary: 'Owner: announce an opening. From then on only its rate changes.',
      body: openingPlan,
      status: 201,
      answer: opening,
      refusals: [
        ...(['signed-out', 'foreign-origin', 'not-found', 'past-date', 'past-time'] as const),
        ...(['opening-too-late', 'opening-too-early', 'closed-day', 'opening-exists'] as const),
        ...bodyRefusals,
        'unavailable',
      ],
    },
  },
  '/slots/{id}': {
    patch: {
      summary:
        'Staff: block or unblock a free slot. Owner: also delete it, or change its times or parties, which gives it another id.',
      body: slotChange,
      answer: changedSlot,
      refusals: [
        'signed-out',
        'foreign-origin',
        ...bodyRefusals,
        'not-found',
        'has-reservations',
        'past-time',
        'overlaps-slot',
        'before-day-cut',
        'beyond-day-cut',
        'unavailable',
      ],
    },
  },
  '/reservations': {
    get: {
      summary: 'Own reservations, the latest first',
      query: reservationPageQuery,
      answer: page(reservationView),
      refusals: ['signed-out', ...queryRefusals],
    },
    post: {
      summary:
        'Book a table. Ask again with the same key, and Idempotency-Attempt one higher, until there is an answer.',
      keyed: true,
      body: bookingRequest,
      status: 201,
      answer: placedReservation,
      refusals: bookingRefusals,
    },
  },
  '/reservations/{id}': {
    get: {
      summary: 'One of your own',
      answer: reservationView,
      refusals: ['signed-out', 'not-found'],
    },
  },
  '/reservations/{id}/confirm': { post: staffMove('Diner: confirm a hold before its deadline') },
  '/reservations/{id}/cancel': {
    post: staffMove('Diner: cancel your own. Staff: cancel a guest’s'),
  },
  '/reservations/{id}/seat': { post: staffMove('Staff: the party sits down') },
  '/reservations/{id}/leave': { post: staffMove('Staff: the party has left') },
  '/reservations/{id}/no-show': { post: staffMove('Staff: the party did not come') },
  '/reservations/{id}/correct-no-show': { post: staffMove('Staff: it did come') },
  '/reservations/{id}/check-in': {
    get: {
      summary: 'Staff: whose code it is that a diner shows, and on which board it stands',
      answer: checkIn,
      refusals: ['signed-out', 'not-found'],
    },
  },
  '/openings/{id}': {
    get: {
      summary: 'An opening: commitment, lobby, draw, rate. The same for everybody.',
      open: true,
      answer: opening,
      refusals: ['not-found', ...queryRefusals],
    },
    patch: {
      summary: 'Owner: another rate, from now on. Nothing else of an announced opening changes.',
      body: rateChange,
      answer: z.object({ id: z.uuid(), turnsPerSecond: z.number() }),
      refusals: [
        ...(['signed-out', 'foreign-origin', 'not-found', 'opening-announced'] as const),
        ...(['changed-meanwhile', 'opening-over', 'unavailable'] as const),
        ...bodyRefusals,
      ],
    },
  },
  '/openings/{id}/cancel': {
    post: {
      summary: 'Owner: take an announced opening back, before its instant',
      body: cancellation,
      answer: z.object({ id: z.uuid(), state: z.literal('CANCELLED') }),
      refusals: [
        ...(['signed-out', 'foreign-origin', 'not-found', 'opening-begun'] as const),
        ...(['opening-over', 'unavailable'] as const),
        ...bodyRefusals,
      ],
    },
  },
  '/openings/{id}/proof': {
    get: {
      summary:
        'After the draw: all that anybody needs to check it. Without names, the same for all.',
      open: true,
      answer: openingLog,
      refusals: ['not-found', 'not-open-yet', 'busy', ...queryRefusals],
    },
  },
  '/openings/{id}/entries': {
    post: {
      summary: 'Enter the lobby, or come late. Asking again gives the same receipt.',
      status: 201,
      answer: openingEntry,
      refusals: [
        ...(['signed-out', 'foreign-origin', 'not-found', 'address-unconfirmed'] as const),
        ...(['not-open-yet', 'opening-over', 'rate-limited', 'busy', 'unavailable'] as const),
      ],
    },
  },
  '/openings/{id}/entries/me': {
    get: {
      summary: 'Your own entry, with its receipt',
      answer: openingEntry,
      refusals: ['signed-out', 'not-found'],
    },
  },
  '/openings/{id}/turn': {
    post: {
      summary: 'The right to book, once your turn has come; sent with a booking as Opening-Turn',
      body: turnRequest,
      status: 201,
      answer: turnAnswer,
      refusals: [
        ...(['signed-out', 'foreign-origin', 'not-found', 'receipt-unknown'] as const),
        ...(['not-your-turn', 'sold-out', 'opening-over'] as const),
        ...bodyRefusals,
      ],
    },
  },
  ...lineOperations,
  '/undo': {
    post: {
      ...staffMove('Staff: take an act back within ten seconds'),
      body: undoRequest,
      answer: undone.extend({ status: z.string() }),
      refusals: [
        'already-in-line',
        'in-progress',
        'key-reused',
        'signed-out',
        'foreign-origin',
        ...bodyRefusals,
        'not-found',
        'too-late',
        'hold-expired',
        'slot-taken',
        'already-booked',
      ],
    },
  },
}
