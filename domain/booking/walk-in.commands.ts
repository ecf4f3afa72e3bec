import { recordAct } from '@/domain/identity/audit.commands'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { undoableFrom } from './move.commands'
import { OFF_PLAN_CONSTRAINTS } from './off-plan.commands'
import type { WalkInRequest } from './schema'
import { MOVE_TRIES } from './slot-lock.commands'
import type { Actor, ActorKind, Moved, StaffIntent } from './types'
import {
  type SeatRefusal,
  type SeatsAsked,
  takeSeatings,
  takeTablesNow,
} from './walk-in-place.commands'

async function writeWalkIn(
  tx: Transaction,
  {
    slotIds,
    partySize,
    note,
    at,
    actor,
    by,
  }: {
    slotIds: string[]
    partySize: number
    note: string | null
    at: Date
    actor: Actor
    by: ActorKind
  },
): Promise<Moved> {
  const [party] = await tx.$queryRaw<{ id: string; restaurantId: string }[]>`
    WITH party AS (
      INSERT INTO reservations (restaurant_id, service_date, starts_at, ends_at, party_size, walk_in, status, seated_at, staff_note)
      SELECT restaurant_id, service_date, min(starts_at), max(ends_at), ${partySize}::int, true, 'SEATED', ${at}::timestamptz, ${note}
        FROM slots WHERE id = ANY(${slotIds}::uuid[]) GROUP BY restaurant_id, service_date
      RETURNING id, restaurant_id),
    taken_slots AS (
      INSERT INTO reservation_slots (reservation_id, slot_id) SELECT party.id, unnest(${slotIds}::uuid[]) FROM party)
    SELECT id, restaurant_id AS "restaurantId" FROM party`
  if (!party) throw new Error('the walk-in was not written')
  const { id, restaurantId } = party
  const on = { subject: 'RESERVATION', subjectId: id, restaurantId } as const
  const seated = { act: 'WALK_IN', to: 'SEATED' } as const
  const event = await recordAct(tx, { ...on, ...seated, actor: { ...actor, role: by } })
  await tx.$executeRaw`UPDATE slots SET taken = true, held_until = NULL WHERE id = ANY(${slotIds}::uuid[])`
  return { id, status: 'SEATED', ...undoableFrom(event) }
}

/** Another party sat down at the table, or took a part of its time, at the same moment (G21, G1). */
export const SEAT_CONSTRAINTS = {
  occupancies_one_party_per_table: 'table-occupied',
  ...OFF_PLAN_CONSTRAINTS,
} as const

/**
 * Seats a party within the caller's transaction, at seatings of one service date or at tables from now on:
 * the walk-in reservation with its slots taken and its author in the audit log. Locks as `takeSeatings` or
 * `takeTablesNow`, then the occupancies of the tables (`occupy_tables`); a caller that locks other rows
 * first must do so everywhere, and gives the transaction `SEAT_CONSTRAINTS`. Stops as these two do.
 */
export async function seatParty(
  tx: Transaction,
  {
    seats,
    note,
    actor,
    by,
    ...asked
  }: {
    restaurantId: string
    seats: SeatsAsked
    /** The service date on which the party sits. Absent: any one date. */
    serviceDate?: string
    partySize: number
    intent: StaffIntent
    note: string | null
    actor: Actor
    by: ActorKind
    stop: Stop<SeatRefusal>
  },
): Promise<Moved> {
  const taken =
    'slotIds' in seats
      ? await takeSeatings(tx, { ...asked, seats })
      : await takeTablesNow(tx, { ...asked, seats })
  const { partySize } = asked
  return writeWalkIn(tx, { ...taken, partySize, note, actor, by })
}

/** Null: neither is named. */
export function readSeats({
  slotIds,
  tableNumbers,
  minutes,
}: {
  slotIds?: string[] | undefined
  tableNumbers?: number[] | undefined
  minutes?: number | undefined
}): SeatsAsked | null {
  if (tableNumbers) return { tableNumbers, minutes }
  return slotIds && slotIds.length > 0 ? { slotIds: slotIds.toSorted() } : null
}

/**
 * Seats a party that came without a reservation, on one or several slots of one service date, or at
 * tables from now on, whatever the plan has at this hour: a walk-in reservation, so that the board and G1
 * cover it. Locks the staff's role, then as `seatParty`. A party may be smaller than a table's minimum; staff decide that. The note is the staff's own. With a key it
 * is done once, however often it is asked; the note may differ between attempts, because a tablet
 * that was reloaded meanwhile keeps no words about a guest.
 *
 * Refuses as `seatParty`, `in-progress` and `key-reused` on account of the key, and `busy` when other
 * transactions kept interfering.
 */
export async function seatWalkIn({
  restaurantId,
  request,
  actor,
  key = null,
}: {
  restaurantId: string
  request: WalkInRequest
  actor: Actor
  /** The actor's idempotency key for this request. Null: it won't be repeated. */
  key?: string | null
}): Promise<Result<Moved, SeatRefusal | KeyRefusal | 'busy'>> {
  const { partySize, note = null, override, tappedAt } = request
  const seats = readSeats(request)
  if (!seats) return refuse('not-found')
  const seat = async (tx: Transaction, stop: Stop<SeatRefusal | KeyRefusal>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    if (!role) return stop(refuse('not-found'))
    const asked = { restaurantId, ...seats, partySize }
    const asker = { accountId: actor.accountId }
    const intent = { override, tappedAt }
    const answer = () =>
      seatParty(tx, { restaurantId, seats, partySize, intent, note, actor, by: role, stop })
    return runOnce(tx, { asker, key, request: asked, stop, answer })
  }
  return runTransaction(seat, { constraints: SEAT_CONSTRAINTS, tries: MOVE_TRIES })
}
