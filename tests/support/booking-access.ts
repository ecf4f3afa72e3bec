import { randomUUID } from 'node:crypto'
import type { ReservationStatus } from '@/domain/booking/types'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { everybody, type Role, type Scene, staff } from './access-cast'
import type { Ask } from './api-client'

interface Access {
  who: Role[]
  ask: (scene: Scene) => Ask
  status?: ReservationStatus
  hasBegun?: true
  /** Its diner has disputed the no-show. */
  isDisputed?: true
  success?: number
}

export const actOn = (name: string): Access['ask'] => {
  return ({ reservationId }) => ({
    method: 'POST',
    path: `/api/v1/reservations/${reservationId}/${name}`,
  })
}
const seated = (name: string): Access => ({ who: staff, status: 'SEATED', ask: actOn(name) })
const read = (address: (scene: Scene) => string): Access['ask'] => {
  return (scene) => ({ path: `/api/v1/${address(scene)}` })
}

/** Who may call which route of bookings. */
export const bookingAccess: Record<string, Access> = {
  'GET /openings/[id]/curves': {
    who: ['owner', 'admin'],
    ask: ({ announcedId }) => ({ path: `/api/v1/openings/${announcedId}/curves` }),
  },
  'POST /restaurants/[id]/soft-holds': {
    who: everybody,
    ask: ({ booking: { restaurantId, serviceDate, startsAt, partySize } }) => ({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/soft-holds`,
      body: { serviceDate, startsAt, partySize },
    }),
  },
  'DELETE /restaurants/[id]/soft-holds': {
    who: everybody,
    ask: ({ restaurantId, booking, slotIds }) => ({
      method: 'DELETE',
      path: `/api/v1/restaurants/${restaurantId}/soft-holds`,
      body: { serviceDate: booking.serviceDate, slotId: slotIds[0] },
    }),
    success: 204,
  },
  'GET /restaurants/[id]/obstacle': {
    who: everybody,
    status: 'CANCELLED',
    ask: read(
      ({ restaurantId, booking: { serviceDate, startsAt } }) =>
        `restaurants/${restaurantId}/obstacle?serviceDate=${serviceDate}&startsAt=${startsAt}`,
    ),
    success: 204,
  },
  'POST /restaurants/[id]/reservations': {
    who: staff,
    status: 'CANCELLED',
    ask: ({ restaurantId, booking: { serviceDate, startsAt } }) => ({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/reservations`,
      headers: { 'idempotency-key': 'a-key' },
      body: {
        serviceDate,
        startsAt,
        partySize: 2,
        guest: { name: '전화손님', phone: '010-2345-6789' },
        source: 'PHONE',
        notify: false,
      },
    }),
    success: 201,
  },
  'GET /reservations': { who: everybody, ask: read(() => 'reservations') },
  'POST /reservations': {
    who: everybody,
    status: 'CANCELLED',
    ask: ({ booking }) => ({
      method: 'POST',
      path: '/api/v1/reservations',
      headers: { 'idempotency-key': 'a-key' },
      body: booking,
    }),
    success: 201,
  },
  'GET /reservations/[id]': {
    who: ['diner'],
    ask: read(({ reservationId }) => `reservations/${reservationId}`),
  },
  'GET /reservations/[id]/check-in': {
    who: staff,
    ask: read(({ reservationId }) => `reservations/${reservationId}/check-in`),
  },
  'POST /reservations/[id]/change': {
    who: ['diner', ...staff],
    ask: (scene) => ({
      ...actOn('change')(scene),
      headers: { 'idempotency-key': 'a-key' },
      body: { note: '창가' },
    }),
  },
  'POST /reservations/[id]/confirm': {
    who: ['diner', ...staff],
    status: 'HELD',
    ask: actOn('confirm'),
  },
  'POST /reservations/[id]/cancel': { who: ['diner', ...staff], ask: actOn('cancel') },
  'POST /reservations/[id]/seat': { who: staff, ask: actOn('seat') },
  'POST /reservations/[id]/leave': seated('leave'),
  'POST /reservations/[id]/no-show': { who: staff, hasBegun: true, ask: actOn('no-show') },
  'POST /reservations/[id]/arrive': { who: staff, ask: actOn('arrive') },
  'POST /reservations/[id]/late': {
    who: ['diner', ...staff],
    ask: (scene) => ({ ...actOn('late')(scene), body: { minutes: 15 } }),
  },
  'POST /reservations/[id]/dispute': {
    who: ['diner'],
    status: 'NO_SHOW',
    ask: (scene) => ({ ...actOn('dispute')(scene), body: { text: '갔어요.' } }),
  },
  'POST /reservations/[id]/dispute/decide': {
    who: staff,
    status: 'NO_SHOW',
    isDisputed: true,
    ask: (scene) => ({ ...actOn('dispute/decide')(scene), body: { grant: true } }),
  },
  'POST /reservations/[id]/correct': {
    who: staff,
    status: 'SEATED',
    ask: (scene) => ({ ...actOn('correct')(scene), body: { to: 'CONFIRMED' } }),
  },
  'POST /reservations/[id]/correct-seat': seated('correct-seat'),
  'POST /reservations/[id]/correct-no-show': {
    who: staff,
    status: 'NO_SHOW',
    ask: actOn('correct-no-show'),
  },
}

interface ActionAccess {
  who: 'anyone' | Role[]
  given: (scene: Scene) => Record<string, unknown>
  status?: ReservationStatus
  /** What those whom it concerns are told. Absent: that it was done. */
  answer?: string
}

/** Who may call which action of the diner's own reservation. */
export const bookingActionAccess: Record<string, ActionAccess> = {
  'domain/booking/actions.ts confirmOwnReservation': {
    who: ['diner'],
    status: 'HELD',
    given: ({ reservationId }) => ({ reservationId }),
  },
  'domain/booking/actions.ts cancelOwnReservation': {
    who: ['diner'],
    given: ({ reservationId }) => ({ reservationId }),
  },
  'domain/booking/actions.ts changeOwnReservation': {
    who: ['diner'],
    given: ({ reservationId }) => ({
      reservationId,
      key: randomUUID(),
      change: { note: '창가' },
    }),
  },
  'domain/booking/actions.ts changeLinkedReservation': {
    who: 'anyone',
    given: ({ reservationId, diner }) => ({
      token: signMailboxLink({ kind: 'cancel', id: reservationId, mailbox: diner.email }),
      change: { note: '창가' },
    }),
  },
  'domain/booking/actions.ts cancelLinkedReservation': {
    who: 'anyone',
    given: ({ reservationId, diner }) => ({
      token: signMailboxLink({ kind: 'cancel', id: reservationId, mailbox: diner.email }),
    }),
  },
  'domain/booking/actions.ts sayOwnLate': {
    who: ['diner'],
    given: ({ reservationId }) => ({ reservationId, minutes: 15 }),
  },
  'domain/booking/actions.ts disputeOwnNoShow': {
    who: ['diner'],
    status: 'NO_SHOW',
    given: ({ reservationId }) => ({ reservationId, text: '갔어요.' }),
  },
  'domain/booking/actions.ts decideGuestDispute': {
    who: staff,
    status: 'NO_SHOW',
    // Nobody has disputed it.
    answer: 'not-disputed',
    given: ({ reservationId }) => ({ reservationId, grant: true }),
  },
  'domain/booking/actions.ts sayLinkedLate': {
    who: 'anyone',
    given: ({ reservationId, diner }) => ({
      token: signMailboxLink({ kind: 'cancel', id: reservationId, mailbox: diner.email }),
      minutes: 15,
    }),
  },
  'domain/booking/actions.ts keepOwnDiet': {
    who: ['diner'],
    given: ({ reservationId }) => ({ reservationId, keeps: false }),
  },
  'domain/booking/actions.ts keepLinkedDiet': {
    who: 'anyone',
    given: ({ reservationId, diner }) => ({
      token: signMailboxLink({ kind: 'cancel', id: reservationId, mailbox: diner.email }),
      keeps: false,
    }),
  },
}
