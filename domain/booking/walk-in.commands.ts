import { recordAct } from '@/domain/identity/audit.commands'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { readActMoment } from './act-moment.queries'
import { undoableFrom } from './move.commands'
import { listOccupied } from './occupancy.queries'
import { actorKindOf, refuseOtherDate } from './rules'
import type { WalkInRequest } from './schema'
import { endOverdueReservations } from './slot-lock.commands'
import type { Actor, ActorKind, Moved, StaffIntent } from './types'

type LockedSlot = {
  id: string
  tableId: string
  maxParty: number
  serviceDate: string
  isFree: boolean
  isOver: boolean
}

/** Locks the slots of all seatings as `lock_slots` does, before checking any of them. */
async function lockSlots(
  tx: Transaction,
  { restaurantId, slotIds }: { restaurantId: string; slotIds: string[] },
): Promise<LockedSlot[]> {
  await tx.$queryRaw`
    SELECT lock_slots(p_slots => ARRAY(
      SELECT id FROM slots WHERE restaurant_id = ${restaurantId}::uuid AND id = ANY(${slotIds}::uuid[])))::text`
  return tx.$queryRaw<LockedSlot[]>`
    SELECT id, table_id AS "tableId", max_party AS "maxParty", service_date::text AS "serviceDate",
           NOT blocked AND is_slot_free(taken, held_until, now()) AS "isFree", ends_at <= now() AS "isOver"
      FROM slots
     WHERE restaurant_id = ${restaurantId}::uuid AND id = ANY(${slotIds}::uuid[]) AND deleted_at IS NULL
     ORDER BY id`
}

function seatsOf(slots: LockedSlot[]): number {
  const tables = new Map(slots.map((slot) => [slot.tableId, slot.maxParty]))
  return [...tables.values()].reduce((sum, seats) => sum + seats, 0)
}

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

/** Why a party can't be seated at these slots. */
export type SeatRefusal =
  | 'not-found'
  | 'other-date'
  | 'past-time'
  | 'slot-taken'
  | 'table-occupied'
  | 'party-size'

/** Another party sat down at the table at the same moment (G21). */
export const ONE_PARTY = { occupancies_one_party_per_table: 'table-occupied' } as const

/**
 * Seats a party on slots of one service date within the caller's transaction: the walk-in
 * reservation with its slots taken and its author in the audit log. Locks the slots in id order, then
 * the occupancies of their tables (`occupy_tables`); a caller that locks other rows first must do so
 * everywhere, and gives the transaction `ONE_PARTY`. Stops with `not-found` (other restaurants',
 * several dates', unknown or deleted slots), `other-date` with the slots' date unless the intent
 * insists, `past-time`, `table-occupied` with the `tableNumbers` at which others sit, `slot-taken` and
 * `party-size`.
 */
export async function seatParty(
  tx: Transaction,
  {
    restaurantId,
    slotIds,
    serviceDate,
    partySize,
    intent: { override, tappedAt },
    stop,
    ...rest
  }: {
    restaurantId: string
    slotIds: string[]
    /** The service date the slots must be on. Absent: any one date. */
    serviceDate?: string
    partySize: number
    intent: StaffIntent
    note: string | null
    actor: Actor
    by: ActorKind
    stop: Stop<SeatRefusal>
  },
): Promise<Moved> {
  const slots = await lockSlots(tx, { restaurantId, slotIds })
  const [date, ...others] = new Set(slots.map((slot) => slot.serviceDate))
  if (slots.length < slotIds.length || !date || others.length > 0) return stop(refuse('not-found'))
  if (serviceDate !== undefined && date !== serviceDate) return stop(refuse('not-found'))
  const { today, at } = await readActMoment(tx, { restaurantId, tappedAt })
  const dated = refuseOtherDate({ serviceDate: date, today, override })
  if (!dated.ok) return stop(dated)
  if (slots.some((slot) => slot.isOver)) return stop(refuse('past-time'))
  const tableNumbers = await listOccupied(tx, { slotIds, at })
  if (tableNumbers.length > 0) return stop(refuse('table-occupied', { tableNumbers }))
  if (!slots.every((slot) => slot.isFree)) return stop(refuse('slot-taken'))
  if (partySize > seatsOf(slots)) return stop(refuse('party-size'))
  await endOverdueReservations(tx, slotIds)
  return writeWalkIn(tx, { slotIds, partySize, at, ...rest })
}

/**
 * Seats a party that came without a reservation, on one or several slots of one service date: a
 * walk-in reservation, so that the board and G1 cover it. Locks the staff's role, then the slots in
 * id order. A party may
 * be smaller than a table's minimum; staff decide that. The note is the staff's own. With a key it
 * is done once, however often it is asked; the note may differ between attempts, because a tablet
 * that was reloaded meanwhile keeps no words about a guest.
 *
 * Refuses `not-found` (other restaurants', unknown or deleted slots), `other-date` with the slots'
 * date unless staff insist, `past-time` (a slot is over), `party-size`, `slot-taken`, `table-occupied`
 * with the `tableNumbers`, and `in-progress` and `key-reused` on account of the key.
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
}): Promise<Result<Moved, SeatRefusal | KeyRefusal>> {
  const { partySize, note = null, override, tappedAt } = request
  const slotIds = request.slotIds.toSorted()
  const seat = async (tx: Transaction, stop: Stop<SeatRefusal | KeyRefusal>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    if (!role) return stop(refuse('not-found'))
    const asked = { restaurantId, slotIds, partySize }
    const by = actorKindOf(role)
    const asker = { accountId: actor.accountId }
    const answer = () =>
      seatParty(tx, { ...asked, intent: { override, tappedAt }, note, actor, by, stop })
    return runOnce(tx, { asker, key, request: asked, stop, answer })
  }
  return runTransaction(seat, { constraints: ONE_PARTY })
}
