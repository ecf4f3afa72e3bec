import { noteBoardChanged } from '@/domain/availability/board.commands'
import { keepGuest, ONE_GUEST } from '@/domain/guest/commands'
import { recordAct } from '@/domain/identity/audit.commands'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { nudgeOutbox } from '@/domain/notification/commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { hasOther } from './extra.commands'
import { undoableFrom } from './move.commands'
import { OFF_PLAN_CONSTRAINTS } from './off-plan.commands'
import { UNDO_SECONDS } from './rules'
import type { BookedForGuest, GuestBooking } from './schema'
import { endOverdueReservations } from './slot-lock.commands'
import {
  type ChoiceRefusal,
  lockBestTables,
  lockNamedTables,
  type TablesAsked,
} from './table-choice.commands'
import type { TableStay } from './table-choice.rules'
import type { Actor, ActorKind } from './types'

/** Far more than a busy evening's calls, and no way to mail strangers by the thousand. */
const mails = createLimit({ name: 'guest-mail:restaurant', tries: 300, windowSeconds: 3_600 })

const MOST_TRIES = 4

type BookingRefusal =
  | ChoiceRefusal
  | 'not-found'
  | 'invalid'
  | 'guest-differs'
  | 'closed-day'
  | 'not-open-yet'
  | 'already-booked'
  | KeyRefusal

type Booking = {
  restaurantId: string
  request: GuestBooking
  actor: Actor
  by: ActorKind
  stop: Stop<BookingRefusal>
}

async function readTimeZone(tx: Transaction, restaurantId: string): Promise<string> {
  const { timeZone } = await tx.restaurant.findUniqueOrThrow({
    where: { id: restaurantId },
    select: { timeZone: true },
  })
  return timeZone
}

/**
 * What is asked of a date that staff have closed, or that diners can't book yet: staff have to insist,
 * because the tables of an announced opening are promised to its draw.
 */
async function judgeDate(
  tx: Transaction,
  { restaurantId, request: { serviceDate, override }, stop }: Booking,
): Promise<void> {
  if (override) return
  const [date] = await tx.$queryRaw<{ closed: boolean; opensAt: Date | null }[]>`
    SELECT d.closed, CASE WHEN d.opens_at > now() THEN d.opens_at WHEN o.gate_until > now() THEN o.gate_until END AS "opensAt"
      FROM service_dates d
      LEFT JOIN openings o ON o.restaurant_id = d.restaurant_id AND o.service_date = d.service_date AND o.cancelled_at IS NULL
     WHERE d.restaurant_id = ${restaurantId}::uuid AND d.service_date = ${serviceDate}::date`
  if (date?.closed) stop(refuse('closed-day'))
  if (date?.opensAt) stop(refuse('not-open-yet', { opensAt: date.opensAt.toISOString() }))
}

async function writeReservation(
  tx: Transaction,
  {
    booking: { restaurantId, request },
    guestId,
    stays,
    isExtra,
  }: { booking: Booking; guestId: string; stays: TableStay[]; isExtra: boolean },
): Promise<{ id: string; endsAt: Date }> {
  const {
    serviceDate,
    startsAt,
    partySize,
    source,
    notify,
    note = null,
    allergies = null,
  } = request
  const slotIds = stays.flatMap((stay) => stay.slotIds)
  const endsAt = new Date(Math.max(...stays.map((stay) => stay.endsAt.getTime())))
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    WITH party AS (
      INSERT INTO reservations (restaurant_id, service_date, starts_at, ends_at, party_size, guest_id, status,
                                note, allergies, source, tells_guest, is_extra)
      VALUES (${restaurantId}::uuid, ${serviceDate}::date, ${startsAt}::timestamptz, ${endsAt}::timestamptz,
              ${partySize}::int, ${guestId}::uuid, 'CONFIRMED', ${note}, ${allergies}, ${source}, ${notify}, ${isExtra})
      RETURNING id),
    taken_slots AS (
      INSERT INTO reservation_slots (reservation_id, slot_id) SELECT party.id, unnest(${slotIds}::uuid[]) FROM party)
    SELECT id FROM party`
  if (!made) throw new Error('the reservation was not written')
  await tx.$executeRaw`UPDATE slots SET taken = true, held_until = NULL WHERE id = ANY(${slotIds}::uuid[])`
  return { id: made.id, endsAt }
}

async function book(tx: Transaction, booking: Booking): Promise<BookedForGuest> {
  const { restaurantId, request, actor, by, stop } = booking
  const {
    serviceDate,
    startsAt,
    minutes = null,
    partySize,
    tableNumbers,
    override = false,
  } = request
  const timeZone = await readTimeZone(tx, restaurantId)
  const { guest: given, notify: tells } = request
  const { id: guestId, name } = await keepGuest(tx, { restaurantId, timeZone, given, tells, stop })
  const time = { serviceDate, startsAt: new Date(startsAt), minutes }
  const asked: TablesAsked = { restaurantId, ...time, partySize, insists: override }
  const stays = tableNumbers
    ? await lockNamedTables(tx, { asked, tableNumbers, stop })
    : await lockBestTables(tx, { asked, stop })
  // Under the locks: a date that is being closed locks its slots.
  await judgeDate(tx, booking)
  const isExtra = await hasOther(tx, { guestId, serviceDate })
  if (isExtra && !override) return stop(refuse('already-booked'))
  await endOverdueReservations(
    tx,
    stays.flatMap(({ slotIds }) => slotIds),
  )
  const { id, endsAt } = await writeReservation(tx, { booking, guestId, stays, isExtra })
  const event = await recordAct(tx, {
    subject: 'RESERVATION',
    subjectId: id,
    restaurantId,
    actor: { ...actor, role: by },
    act: 'BOOK',
    to: 'CONFIRMED',
    details: { source: request.source, override },
  })
  await tx.$executeRaw`
    SELECT queue_reservation_notice(${id}::uuid, ${event.id}::uuid, 'RESERVATION_CONFIRMED', ${event.at}::timestamptz + make_interval(secs => ${UNDO_SECONDS}::int))`
  return {
    id,
    status: 'CONFIRMED',
    tableNumbers: stays.map(({ tableNumber }) => tableNumber).toSorted((a, b) => a - b),
    startsAt,
    endsAt: endsAt.toISOString(),
    partySize,
    guestId,
    guestName: name,
    ...undoableFrom(event),
  }
}

/**
 * Staff book a table for a guest who asked by phone, at the door or otherwise: confirmed at once, held by
 * the constraints of every booking (G1), and undoable like any act of staff. Named tables are had all or
 * none, for the whole stay; without names the best fit is chosen: a table, or where none fits alone a
 * combination, all its tables or none. The guest is told after the ten seconds
 * of the undo, if staff say so and an address is known. With a key it is done once, however often asked.
 *
 * Any minute, and any length: what is no seating of the plan is had off it, and seatings that overlap it
 * give way for as long as the party has the time.
 *
 * Locks the staff's role, the guest, the tables and then their slots, each in id order (or the
 * seatings of a table or combination that nobody else is taking), then the reservations of holds that ran out.
 *
 * Refuses `not-found` (also another restaurant's guest), `no-such-table` with the `tableNumbers`, `invalid` (a phone that no country has),
 * `guest-differs` with the `name` of the guest whose phone it is,
 * `no-such-time`, `past-time`, `slot-taken` and `table-occupied` (with the `tableNumbers`, if named); unless staff insist
 * also `party-size`, `already-booked`, `closed-day` and `not-open-yet`; `in-progress` and `key-reused` on
 * account of the key, `rate-limited`, and `busy` when other transactions kept interfering.
 */
export async function bookForGuest({
  restaurantId,
  request,
  actor,
  later,
  key = null,
}: {
  restaurantId: string
  request: GuestBooking
  actor: Actor
  /** Runs work after the answer has gone out. */
  later: (work: () => Promise<void>) => void
  /** The actor's idempotency key for this request. Null: it won't be repeated. */
  key?: string | null
}): Promise<Result<BookedForGuest, BookingRefusal | 'rate-limited' | 'busy'>> {
  if (request.notify) {
    const limited = await takeEach([[mails, restaurantId]])
    if (limited) return limited
  }
  const work = async (tx: Transaction, stop: Stop<BookingRefusal>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    if (!role) return stop(refuse('not-found'))
    const booking = { restaurantId, request, actor, by: role, stop }
    const asker = { accountId: actor.accountId }
    const asked = { restaurantId, ...request }
    return runOnce(tx, { asker, key, request: asked, stop, answer: () => book(tx, booking) })
  }
  const constraints = {
    ...ONE_GUEST,
    ...OFF_PLAN_CONSTRAINTS,
    reservations_one_coming_per_guest: 'already-booked',
  } as const
  const booked = await runTransaction(work, { constraints, tries: MOST_TRIES })
  if (booked.ok) {
    later(() => noteBoardChanged({ restaurantId, serviceDate: request.serviceDate }))
    later(nudgeOutbox)
  }
  return booked
}
