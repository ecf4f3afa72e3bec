import { recordAct } from '@/domain/identity/audit.commands'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { loadPrisma } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { MOVE_CONSTRAINTS, writeArrival } from './move.commands'
import { renewReminders, splitNotices } from './move-notice.commands'
import { movePlaces, type PlaceMove } from './place.commands'
import { judgeReturn, type ReturnRefusal } from './return.queries'
import { comesBack, statusBefore, UNDO_SECONDS } from './rules'
import {
  type LockedReservation,
  listRetired,
  lockReservation,
  lockReservations,
  MOVE_TRIES,
  type WriteRefusal,
  writeStatus,
} from './slot-lock.commands'
import type { Actor, ActorKind, PlaceBefore, ReservationStatus, Undone } from './types'

type Act = {
  subjectId: string
  restaurantId: string
  act: string
  at: Date
  fromStatus: ReservationStatus | null
  toStatus: ReservationStatus
  /** When the party had come before an act on its arrival. Null: it had not, or the act is another. */
  arrivedBefore: Date | null
  /** Where a changed party was. Null: the act is another. */
  before: PlaceBefore | null
  /** The same act on the party with which it changed places. Null: no swap. */
  swap: { reservationId: string; actId: string } | null
}

async function readAct(actId: string): Promise<Act | null> {
  const prisma = await loadPrisma()
  const [act] = await prisma.$queryRaw<Act[]>`
    SELECT subject_id AS "subjectId", restaurant_id AS "restaurantId", act, at, from_status AS "fromStatus", to_status AS "toStatus",
           (details ->> 'arrivedAt')::timestamptz AS "arrivedBefore",
           CASE WHEN act = 'CHANGE_RESERVATION' THEN details -> 'before' END AS before,
           CASE WHEN act = 'CHANGE_RESERVATION' THEN details -> 'swap' END AS swap
      FROM audit_events
     WHERE id = ${actId}::uuid AND subject = 'RESERVATION' AND actor_role IN ('OWNER', 'STAFF', 'ADMIN') AND act NOT IN ('UNDO', 'NOTE', 'SAY_LATE', 'CHANGE_WORDS', 'DISPUTE', 'DECIDE_DISPUTE')`
  return act ?? null
}

/** Marks the act undone if no newer act has moved its subject and ten seconds have not passed. */
async function markUndone(tx: Transaction, actId: string): Promise<boolean> {
  const marked = await tx.$executeRaw`
    UPDATE audit_events e SET undone_at = now()
     WHERE e.id = ${actId}::uuid AND e.undone_at IS NULL
       AND e.at + make_interval(secs => ${UNDO_SECONDS}::int) > now()
       AND NOT EXISTS (SELECT 1 FROM audit_events later
                        WHERE later.subject_id = e.subject_id AND later.id <> e.id AND later.at >= e.at AND later.undone_at IS NULL
                          AND later.act NOT IN ('NOTE', 'SAY_LATE', 'CHANGE_WORDS', 'DISPUTE', 'DECIDE_DISPUTE'))`
  return marked === 1
}

/** Drops the act's notices that still wait; false when one is already on its way. */
async function dropNotices(tx: Transaction, actId: string): Promise<boolean> {
  const notices = await tx.$queryRaw<{ untouched: boolean }[]>`
    SELECT state = 'DROPPED' OR (state = 'QUEUED' AND lease_token IS NULL) AS untouched FROM notices WHERE event_id = ${actId}::uuid FOR UPDATE`
  if (notices.some((notice) => !notice.untouched)) return false
  await tx.$executeRaw`UPDATE notices SET state = 'DROPPED', dropped_because = 'undone' WHERE event_id = ${actId}::uuid AND state = 'QUEUED'`
  return true
}

/** The listed move back; an act on the arrival leaves the status as it is. */
async function takeBack(
  tx: Transaction,
  {
    act: { act, at, arrivedBefore },
    reservation,
    to,
  }: { act: Act; reservation: LockedReservation; to: ReservationStatus },
): Promise<Result<null, WriteRefusal | ReturnRefusal>> {
  if (comesBack({ from: reservation.status, to })) {
    const returns = await judgeReturn(tx, { ...reservation, since: at })
    if (!returns.ok) return returns
  }
  if (act !== 'ARRIVE' && act !== 'CORRECT_ARRIVAL')
    return writeStatus(tx, { reservation, to, cancelledBy: 'OWNER' })
  await writeArrival(tx, { id: reservation.id, arrivedAt: arrivedBefore })
  return succeed(null)
}

/**
 * Whether these slots are free, but for those of the parties that come back to them; those off the plan
 * are judged when they are taken again. A table that is closed takes nobody new, but takes back its own.
 */
async function areOpen(tx: Transaction, slotIds: string[], movingIds: string[]): Promise<boolean> {
  const [{ open } = { open: 0 }] = await tx.$queryRaw<{ open: number }[]>`
    SELECT count(*)::int AS open FROM slots s
      LEFT JOIN reservation_slots c ON c.slot_id = s.id AND c.released_at IS NULL
     WHERE s.id = ANY(${slotIds}::uuid[])
       AND (s.off_plan OR c.reservation_id = ANY(${movingIds}::uuid[])
            OR ((s.deleted_at IS NULL OR s.gave_way) AND (NOT s.blocked OR s.closed) AND is_slot_free(s.taken, s.held_until, now())))`
  return open === slotIds.length
}

const dateOrNull = (instant: string | null) => (instant === null ? null : new Date(instant))

/** What the party has said of its lateness since the act. Undefined: nothing. */
async function findSaidSince(
  tx: Transaction,
  { id, lateMinutes }: LockedReservation,
  at: Date,
): Promise<number | null | undefined> {
  const said = await tx.$queryRaw<unknown[]>`
    SELECT FROM audit_events
     WHERE subject_id = ${id}::uuid AND act = 'SAY_LATE' AND at >= ${at}::timestamptz LIMIT 1`
  return said.length > 0 ? lateMinutes : undefined
}

function comeBack(
  reservation: LockedReservation,
  before: PlaceBefore,
  saidSince: number | null | undefined,
): PlaceMove {
  const { slotIds, serviceDate, startsAt, endsAt, partySize, isExtra } = before
  const { arrivedAt } = before
  const lateMinutes = saidSince === undefined ? before.lateMinutes : saidSince
  return {
    reservation,
    place: { slotIds, serviceDate, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
    partySize,
    heldUntil: reservation.status === 'HELD' ? dateOrNull(before.holdExpiresAt) : null,
    isExtra,
    told: { arrivedAt: dateOrNull(arrivedAt), lateMinutes },
  }
}

/** Takes a change back, both halves of a swap at once; words stay as they were written since. */
async function undoChange(
  tx: Transaction,
  {
    actId,
    act,
    actor,
    by,
    stop,
  }: {
    actId: string
    act: Act & { before: PlaceBefore }
    actor: Actor
    by: ActorKind
    stop: Stop<UndoRefusal>
  },
): Promise<Undone> {
  const other = act.swap && (await readAct(act.swap.actId))
  const halves = new Map([[act.subjectId, { actId, before: act.before }]])
  if (act.swap && other?.before)
    halves.set(other.subjectId, { actId: act.swap.actId, before: other.before })
  const ids = [...halves.keys()]
  const slotIds = [...halves.values()].flatMap(({ before }) => before.slotIds)
  const parties = await lockReservations(tx, { reservationIds: ids, alsoSlotIds: slotIds })
  const moves: PlaceMove[] = []
  for (const party of parties) {
    const half = halves.get(party.id)
    if (!half || (party.status !== 'HELD' && party.status !== 'CONFIRMED'))
      return stop(refuse('too-late'))
    if (party.isRunOut) return stop(refuse('hold-expired'))
    if (!(await markUndone(tx, half.actId)) || !(await dropNotices(tx, half.actId)))
      return stop(refuse('too-late'))
    await splitNotices(tx, { reservationId: party.id, eventId: half.actId })
    if (half.before.serviceDate !== party.serviceDate) {
      const { serviceDate } = half.before
      const returns = await judgeReturn(tx, { ...party, serviceDate, since: act.at })
      if (!returns.ok) return stop(returns)
    }
    moves.push(comeBack(party, half.before, await findSaidSince(tx, party, act.at)))
  }
  const own = parties.find(({ id }) => id === act.subjectId)
  if (!own) return stop(refuse('not-found'))
  const tableNumbers = await listRetired(tx, slotIds)
  if (tableNumbers.length > 0) return stop(refuse('no-such-table', { tableNumbers }))
  if (!(await areOpen(tx, slotIds, ids))) return stop(refuse('slot-taken'))
  const moved = await movePlaces(tx, moves)
  if (!moved.ok) return stop(moved)
  for (const { reservation } of moves) {
    const event = await recordAct(tx, {
      subject: 'RESERVATION',
      subjectId: reservation.id,
      restaurantId: act.restaurantId,
      actor: { ...actor, role: by },
      act: 'UNDO',
      from: reservation.status,
      to: reservation.status,
    })
    await renewReminders(tx, { reservationId: reservation.id, eventId: event.id })
  }
  return { id: own.id, status: own.status, actId }
}

export type UndoRefusal =
  | 'not-found'
  | 'too-late'
  | 'already-booked'
  | 'busy'
  | WriteRefusal
  | ReturnRefusal
  | KeyRefusal

/**
 * Undoes a staff act within ten seconds by the database's clock: the listed move back, its slots
 * retaken or freed, its notice dropped. Locks the staff's role, the slots in id order, then the
 * reservation, then the act's event and notice, then the occupancies of a party that sits down or
 * gets up.
 *
 * Refuses `not-found` (also for other restaurants' acts), `too-late` (ten seconds passed, already
 * undone, a newer act followed, or the mail is on its way), `hold-expired`, `slot-taken`,
 * `table-occupied`, `no-such-table` with the `tableNumbers` that are out of use, `already-booked`,
 * `closed-day` and `not-open-yet` for a date that was closed, or its opening announced, since the act,
 * and `in-progress` and `key-reused` on account of the key.
 */
export async function undoAct({
  actId,
  actor,
  key = null,
}: {
  actId: string
  actor: Actor
  /** The actor's idempotency key for this request. Null: it won't be repeated. */
  key?: string | null
}): Promise<Result<Undone, UndoRefusal>> {
  const act = await readAct(actId)
  if (!act) return refuse('not-found')
  const undo = async (tx: Transaction, stop: Stop<UndoRefusal>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId: act.restaurantId })
    if (!role) return stop(refuse('not-found'))
    const answer = async () => {
      const { before } = act
      if (before) return undoChange(tx, { actId, act: { ...act, before }, actor, by: role, stop })
      const reservation = await lockReservation(tx, act.subjectId)
      if (!reservation) return stop(refuse('not-found'))
      if (reservation.status !== act.toStatus || !(await markUndone(tx, actId)))
        return stop(refuse('too-late'))
      if (!(await dropNotices(tx, actId))) return stop(refuse('too-late'))
      const to = statusBefore(act.fromStatus)
      const written = await takeBack(tx, { act, reservation, to })
      if (!written.ok) return stop(written)
      await recordAct(tx, {
        subject: 'RESERVATION',
        subjectId: reservation.id,
        restaurantId: act.restaurantId,
        actor: { ...actor, role },
        act: 'UNDO',
        from: reservation.status,
        to,
      })
      return { id: reservation.id, status: to, actId }
    }
    const asker = { accountId: actor.accountId }
    return runOnce<Undone>(tx, { asker, key, request: { actId }, stop, answer })
  }
  return runTransaction(undo, { constraints: MOVE_CONSTRAINTS, tries: MOVE_TRIES })
}
