import { noteBoardChanged } from '@/domain/availability/board.commands'
import { recordAct } from '@/domain/identity/audit.commands'
import type { AuditedEvent } from '@/domain/identity/audit.types'
import { findFirstAnswer, type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import type { SessionRef } from '@/domain/identity/types'
import { nudgeOutbox } from '@/domain/notification/commands'
import { checkTurn } from '@/domain/opening/turn.commands'
import { readStaffRole } from '@/domain/restaurant/queries'
import { loadPrisma } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { type Asked, actByLink, lockActorKind } from './actor.commands'
import { readChanged, readWish, type Wish } from './change.queries'
import { type ChangedReservation, type ReservationChange, staffFieldNames } from './change.schema'
import { judgeExtra, judgeOnly } from './extra.commands'
import { undoableFrom } from './move.commands'
import { tellChange } from './move-notice.commands'
import { OFF_PLAN_CONSTRAINTS } from './off-plan.commands'
import { admitChange, type OwnChangeRefusal, planOwnChange } from './own-change.commands'
import { movePlaces, type PlaceMove } from './place.commands'
import { isOwnReservation } from './queries'
import { MOVE_TRIES } from './slot-lock.commands'
import { planStaffChange, type StaffChangeRefusal } from './staff-change.commands'
import type { ActorKind, Asker, PlaceBefore, ReservationStatus } from './types'

export type ChangeRefusal = OwnChangeRefusal | StaffChangeRefusal | KeyRefusal | 'busy'

/** The diner, or the guest, has another reservation to come on that date (G2). */
const CONSTRAINTS = {
  reservations_one_active_per_diner: 'already-booked',
  reservations_one_coming_per_guest: 'already-booked',
  ...OFF_PLAN_CONSTRAINTS,
} as const

type Changing = Asked & {
  change: ReservationChange
  /** The asking session, whose stored answers are given again. Null: a mailed link asks. */
  session?: SessionRef | null
  key?: string | null
  /** The turn of the diner's page behind a gate. Null: none. */
  turn?: string | null
  /** Runs work after the answer has gone out. */
  later: (work: () => Promise<void>) => void
}

function describeBefore({ reservation }: PlaceMove): PlaceBefore {
  const { slotIds, serviceDate, startsAt, endsAt, partySize, heldUntil, lateMinutes } = reservation
  return {
    slotIds,
    serviceDate,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    partySize,
    holdExpiresAt: heldUntil?.toISOString() ?? null,
    arrivedAt: reservation.arrivedAt?.toISOString() ?? null,
    lateMinutes,
    isExtra: reservation.isExtra,
  }
}

/** Both parties of a swap have an event, and each names the other's. Returns the asked party's. */
async function recordMoves(
  tx: Transaction,
  { moves, actor, by }: { moves: PlaceMove[]; actor: Asker; by: ActorKind },
): Promise<AuditedEvent | null> {
  let first: AuditedEvent | null = null
  const ids = moves.map(() => crypto.randomUUID())
  for (const [index, move] of moves.entries()) {
    const { reservation, place } = move
    const other = moves.length > 1 ? 1 - index : null
    const event = await recordAct(tx, {
      ...(ids[index] !== undefined && { id: ids[index] }),
      subject: 'RESERVATION',
      subjectId: reservation.id,
      restaurantId: reservation.restaurantId,
      actor: { ...actor, role: by },
      act: 'CHANGE_RESERVATION',
      from: reservation.status,
      to: reservation.status,
      details: {
        before: describeBefore(move),
        ...(other !== null && {
          swap: { reservationId: moves[other]?.reservation.id, actId: ids[other] },
        }),
      },
    })
    await tellChange(tx, { before: reservation, after: place, eventId: event.id, by })
    first ??= event
  }
  return first
}

/** The party's own words, which no log repeats. */
async function writeWords(
  tx: Transaction,
  {
    reservationId,
    wish: { note, allergies, restaurantId },
    actor,
    by,
  }: { reservationId: string; wish: Wish; actor: Asker; by: ActorKind },
): Promise<void> {
  const [written] = await tx.$queryRaw<{ status: ReservationStatus }[]>`
    UPDATE reservations SET note = ${note}, allergies = ${allergies}
     WHERE id = ${reservationId}::uuid AND (note, allergies) IS DISTINCT FROM (${note}::text, ${allergies}::text)
    RETURNING status::text AS status`
  if (!written) return
  await recordAct(tx, {
    subject: 'RESERVATION',
    subjectId: reservationId,
    restaurantId,
    actor: { ...actor, role: by },
    act: 'CHANGE_WORDS',
    from: written.status,
    to: written.status,
  })
}

function refuseStaffFields(change: ReservationChange): Result<null, 'invalid'> {
  const fields = Object.entries(change)
    .filter(([name, value]) => value !== undefined && staffFieldNames.includes(name))
    .map(([field]) => ({ field, code: 'staff-only' }))
  return fields.length > 0 ? refuse('invalid', { fields }) : succeed(null)
}

/** Whether the asker is the party of the reservation; read once more, under locks, by `lockActorKind`. */
async function isParty(
  { reservationId, actor: { accountId }, scope }: Changing,
  { restaurantId }: Wish,
): Promise<boolean> {
  if (scope === 'staff') return false
  // The holder of a guest's link.
  if (accountId === null) return true
  if (!(await isOwnReservation({ accountId, reservationId }))) return false
  const role = scope === 'either' ? await readStaffRole({ accountId, restaurantId }) : null
  return role === null || role === 'ADMIN'
}

/** What a party is refused for, or has been answered, before the transaction begins. */
async function prepareOwn(
  asked: Changing,
): Promise<
  Result<
    { turnOf: string | null; answered: ChangedReservation | null },
    ChangeRefusal | 'signed-out'
  >
> {
  const nothing = { turnOf: null, answered: null }
  const { reservationId, change, actor, session = null, key = null, turn = null } = asked
  const { accountId, address } = actor
  const wish = await readWish(await loadPrisma(), { reservationId, change })
  if (!wish) return refuse('not-found')
  if (!(await isParty(asked, wish))) return succeed(nothing)
  const allowed = refuseStaffFields(change)
  if (!allowed.ok) return allowed
  if (session && key !== null) {
    const request = requestOf({ reservationId, change })
    const first = await findFirstAnswer<ChangedReservation>({ session, key, request })
    if (!first.ok) return first
    if (first.value) return succeed({ turnOf: null, answered: first.value })
  }
  const turnOf = accountId === null ? null : await checkTurn({ token: turn, accountId })
  const askerId = accountId ?? reservationId
  const admitted = await admitChange({ askerId, wish, turnOf, address })
  return admitted.ok ? succeed({ turnOf, answered: null }) : admitted
}

/** The content by which two requests count as the same: a tablet may insist, come late, or have seen its own change. */
function requestOf({ reservationId, change }: Pick<Changing, 'reservationId' | 'change'>) {
  const { override: _, tappedAt: __, sequence: ___, swapSequence: ____, ...asked } = change
  return { reservationId, act: 'CHANGE', ...asked }
}

/**
 * Changes a reservation in one transaction: it is at its new place whole, or at the old one as it was
 * (G22). Locks the staff's role, or tries the diner's lock, then the slots left and taken in id order,
 * then the reservations in id order; a diner's new slot is found skipping locked ones. With a key it is
 * done once, however often it is asked. What does not differ changes nothing.
 *
 * Refuses `not-found` (also for other people's reservations), `invalid` for the staff's fields from a
 * diner, and as `admitChange`, `planOwnChange` and `planStaffChange` do, `already-booked` where the
 * diner or guest has another reservation on that date (unless staff insist on a guest's; they are told
 * its `reservationId`, `startsAt` and `tableNumbers`), and `in-progress` and `key-reused` on account of the key.
 */
export async function changeReservation(
  asked: Changing,
): Promise<Result<ChangedReservation, ChangeRefusal | 'signed-out'>> {
  const { reservationId, change, actor, scope, isMailedTo, key = null, later } = asked
  const prepared = await prepareOwn(asked)
  if (!prepared.ok) return prepared
  const { turnOf, answered } = prepared.value
  if (answered) return succeed(answered)
  const dates = new Map<string, { restaurantId: string; serviceDate: string }>()
  const work = async (tx: Transaction, stop: Stop<ChangeRefusal>) => {
    const by = await lockActorKind(tx, { reservationId, actor, scope, isMailedTo })
    if (!by) return stop(refuse('not-found'))
    const answer = async () => {
      const allowed = by === 'DINER' ? refuseStaffFields(change) : succeed(null)
      if (!allowed.ok) return stop(allowed)
      const dinerId = actor.accountId
      const { moves: planned, wish } =
        by === 'DINER'
          ? await planOwnChange(tx, { reservationId, change, dinerId, turnOf, stop })
          : await planStaffChange(tx, { reservationId, change, stop })
      const insists = change.override ?? false
      const moves: PlaceMove[] = []
      for (const move of planned) {
        if (by !== 'DINER') await judgeOnly(tx, { move, stop })
        moves.push(await judgeExtra(tx, { move, insists, stop }))
      }
      const moved = moves.length > 0 ? await movePlaces(tx, moves) : succeed(null)
      if (!moved.ok) return stop(moved)
      await writeWords(tx, { reservationId, wish, actor, by })
      const event = await recordMoves(tx, { moves, actor, by })
      for (const { reservation, place } of moves)
        for (const { serviceDate } of [reservation, place])
          dates.set(serviceDate, { restaurantId: reservation.restaurantId, serviceDate })
      const changed = await readChanged(tx, reservationId)
      if (!changed) return stop(refuse('not-found'))
      const undoable = event && by !== 'DINER' ? undoableFrom(event) : null
      return { ...changed, ...(undoable ?? { actId: null, undoUntil: null }) }
    }
    const asker = actor.accountId === null ? null : { accountId: actor.accountId }
    const request = requestOf({ reservationId, change })
    return runOnce<ChangedReservation>(tx, { asker, key, request, stop, answer })
  }
  const changed = await runTransaction(work, { constraints: CONSTRAINTS, tries: MOVE_TRIES })
  if (!changed.ok) return changed
  for (const date of dates.values()) later(() => noteBoardChanged(date))
  later(nudgeOutbox)
  return changed
}

/**
 * The same through the link mailed to the diner or guest, which acts as they would. Locks the diner's
 * account or the guest, then like `changeReservation`. Refuses as `actByLink` and `changeReservation` do.
 */
export function changeByLink({
  change,
  later,
  ...by
}: Pick<Changing, 'change' | 'later'> & {
  token: string
  address: string | null
}): Promise<Result<ChangedReservation>> {
  return actByLink<ChangedReservation>({
    ...by,
    act: ({ asked }) => changeReservation({ ...asked, change, later }),
  })
}
