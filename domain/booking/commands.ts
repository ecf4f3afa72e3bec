import { isBoardNoteDue, noteBoardChanged } from '@/domain/availability/board.commands'
import { listHeldByOthers } from '@/domain/availability/soft-hold.queries'
import { findFirstAnswer, hashRequest } from '@/domain/identity/idempotency.commands'
import type { SessionRef } from '@/domain/identity/types'
import { isOutboxNudgeDue, nudgeOutbox } from '@/domain/notification/commands'
import { checkTurn } from '@/domain/opening/turn.commands'
import { type CallRefusal, createCall } from '@/lib/db/call'
import { isDatabaseCrowded } from '@/lib/db/database'
import { START_WITHIN_MS } from '@/lib/db/patience'
import { env } from '@/lib/env'
import type { RefusalDetails, Result } from '@/lib/problems/result'
import { refuse, succeed } from '@/lib/problems/result'
import { admitBooking, refuseByGate, refuseBySnapshot } from './admission.commands'
import type { BookingRequest, PlacedReservation } from './schema'
import type { BookingOutcome } from './types'

/** The refusals of the SQL function `place_reservation`. */
export type PlacementRefusal =
  | 'signed-out'
  | 'shared-tablet'
  | 'address-unconfirmed'
  | 'no-shows'
  | 'not-found'
  | 'past-date'
  | 'not-today'
  | 'beyond-horizon'
  | 'bookings-off'
  | 'closed-day'
  | 'not-open-yet'
  | 'no-turn'
  | 'past-time'
  | 'no-such-time'
  | 'party-size'
  | 'already-booked'
  | 'too-many-reservations'
  | 'overlapping-reservation'
  | 'slot-taken'
  | 'all-being-booked'
  | 'sold-out'
  | 'in-progress'
  | 'key-reused'

type Answer =
  | (BookingOutcome & { reason?: undefined })
  | ({ reason: PlacementRefusal | 'contended' } & RefusalDetails)

/** How many times a booking is tried while seats are left but other bookings lock them. */
const MOST_TRIES = 4
/** A batch holds its slots until it commits, and other processes wait for them. */
const MOST_IN_A_BATCH = 16
/** Longer than a batch lasts, by the second try. */
const CONTENDED_REST_MS = 25

const PARAMETERS = {
  p_diner: 'uuid',
  p_key: 'text',
  p_request_hash: 'text',
  p_restaurant: 'uuid',
  p_service_date: 'date',
  p_starts_at: 'timestamptz',
  p_party_size: 'integer',
  p_slot: 'uuid',
  p_note: 'text',
  p_address: 'text',
  p_session_epoch: 'integer',
  p_session: 'uuid',
  p_allergies: 'text',
  p_avoid: 'uuid[]',
  p_turn: 'uuid',
  p_most: 'integer',
  p_one_notice: 'boolean',
} as const

const callPlaceReservation = createCall<Answer, typeof PARAMETERS>(
  'place_reservation',
  PARAMETERS,
  {
    togetherBy: ({ p_restaurant, p_service_date }) => `${p_restaurant} ${p_service_date}`,
    most: MOST_IN_A_BATCH,
  },
)

type Booking = {
  dinerId: string
  /** The asking session; the booking statement checks that it still goes on. */
  session: SessionRef
  /** The diner's idempotency key for this request, and how often it has been asked. */
  key: string
  attempt: number
  /** The turn the diner's page got from `takeTurn`. Null: none. */
  turn: string | null
  request: BookingRequest
  address: string | null
  /** Runs work after the answer has gone out. */
  later: (work: () => Promise<void>) => void
}

/**
 * Books a table, cheapest checks first. A repeated attempt is first looked up by its key; then come
 * the checks this process makes without I/O (the gate, the sold-out hint), one request to Redis
 * (limits, the hint of other processes), and one round trip to Postgres, which alone decides.
 * Nothing after the commit delays the diner.
 *
 * Refuses as `refuseByGate`, `admitBooking`, `findAnsweredBooking` and `placeReservation` do.
 */
export async function bookTable({
  turn,
  attempt,
  later,
  ...asked
}: Booking): Promise<Result<PlacedReservation, PlacementRefusal | 'rate-limited' | CallRefusal>> {
  const { dinerId, request } = asked
  const asking = { ...asked, turnOf: await checkTurn({ token: turn, accountId: dinerId }) }
  if (attempt > 1) {
    const answered = await findAnsweredBooking(asking)
    if (!answered.ok) return answered
    if (answered.value) return succeed(answered.value.reservation)
  }
  const gate = refuseByGate(asking)
  if (!gate.ok) return gate
  const known = refuseBySnapshot(asking)
  if (!known.ok) return known
  const admitted = await admitBooking(asking)
  if (!admitted.ok) return admitted
  const avoidSlotIds = listHeldByOthers({ dinerId, ...request })
  const placed = await placeReservation({ ...asking, avoidSlotIds })
  followUp({ placed, request, later })
  return placed.ok ? succeed(placed.value.reservation) : placed
}

/**
 * Leaves to `later` what an answer sets off: other processes are told of the board, and the notice is
 * sent. Nothing where it is under way already, or nothing was written. A repeated answer sends too:
 * the request that wrote the notice may have lost its answer, or its process, before it could.
 */
function followUp({
  placed,
  request,
  later,
}: Pick<Booking, 'request' | 'later'> & {
  placed: Result<BookingOutcome, PlacementRefusal | CallRefusal>
}): void {
  const isNew = placed.ok && !placed.value.replayed
  const isNews = isNew || (!placed.ok && ['sold-out', 'no-turn'].includes(placed.reason))
  const isNoted = isNews && isBoardNoteDue(request)
  const isSent = placed.ok && isOutboxNudgeDue()
  if (!isNoted && !isSent) return
  later(async () => {
    await Promise.all([isNoted && noteBoardChanged(request), isSent && nudgeOutbox()])
  })
}

/**
 * Books a table for a diner, in one uncontended round trip to Postgres. Deadlines are judged by the
 * database's clock, dates by the restaurant's zone and day cut. Locks: see the SQL function
 * `place_reservation`.
 *
 * Refuses with every reason of that function, and `busy` (no connection free, or seats left but
 * contended four times or locked), `unavailable` (nothing happened) and `not-certain` (the answer was lost;
 * asking again with the same key tells).
 */
export async function placeReservation({
  dinerId,
  session = null,
  key,
  request,
  address,
  avoidSlotIds = [],
  turnOf = null,
}: {
  dinerId: string
  /** The asking session. Null: the caller vouches for the diner. */
  session?: SessionRef | null
  key: string
  request: BookingRequest
  address: string | null
  /** Slots that other diners are confirming; taken last within their table class. */
  avoidSlotIds?: string[]
  /** The opening whose turn the diner has, checked by the caller. Null: none. */
  turnOf?: string | null
}): Promise<Result<BookingOutcome, PlacementRefusal | CallRefusal>> {
  const args: Parameters<typeof callPlaceReservation>[0] = {
    p_diner: dinerId,
    p_key: key,
    p_request_hash: hashRequest(request),
    p_restaurant: request.restaurantId,
    p_service_date: request.serviceDate,
    p_starts_at: request.startsAt,
    p_party_size: request.partySize,
    p_slot: request.slotId ?? null,
    p_note: request.note ?? null,
    p_address: address,
    p_session_epoch: session?.epoch ?? null,
    p_session: session?.sessionId ?? null,
    p_allergies: request.allergies ?? null,
    p_avoid: avoidSlotIds,
    p_turn: turnOf,
    p_most: env.DINER_RESERVATIONS_MAX,
    p_one_notice: true,
  }
  const sinceMs = performance.now()
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const asked = await callPlaceReservation(args)
    if (!asked.ok && asked.reason !== 'contended') return asked
    if (asked.ok) {
      if (asked.value.reason === undefined) return succeed(asked.value)
      const { reason, ...details } = asked.value
      if (reason !== 'contended') return refuse(reason, details)
    }
    if (performance.now() - sinceMs > START_WITHIN_MS) break
    await new Promise((resolve) =>
      setTimeout(resolve, Math.random() * CONTENDED_REST_MS * 2 ** tries),
    )
  }
  return refuse('busy')
}

/**
 * The answer already given to a repeated request's key, or null if there is none yet (G4). Refuses
 * `signed-out` when the session has ended, `key-reused` when the key belonged to a different
 * request, `unavailable` when Postgres is away.
 */
export async function findAnsweredBooking({
  session,
  key,
  request,
}: {
  session: SessionRef
  key: string
  request: BookingRequest
}): Promise<Result<BookingOutcome | null, 'key-reused' | 'signed-out' | 'busy'>> {
  if (isDatabaseCrowded()) return refuse('busy')
  const first = await findFirstAnswer<PlacedReservation>({ session, key, request })
  if (!first.ok) return first
  return succeed(first.value && { reservation: first.value, replayed: true })
}
