import { recordAct } from '@/domain/identity/audit.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { loadPrisma } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { Restaurant } from '@/prisma/generated/client'
import { deleteSlots, insertSlots } from './plan.commands'
import { placeByHand } from './slot.rules'
import type { ChangedSlot, SlotChange } from './slot.schema'
import type { PlannedSlot } from './types'

type LockedSlot = PlannedSlot & {
  id: string
  serviceDate: string
  /** By hand. */
  blocked: boolean
  /** The table is closed for a while. */
  isClosed: boolean
  isTaken: boolean
  isOver: boolean
}

/** Locks its table, then the slot: waits for a booking in progress and then reads its outcome. */
async function lockSlot(tx: Transaction, slotId: string): Promise<LockedSlot | null> {
  await tx.$queryRaw`
    SELECT lock_tables(p_tables => ARRAY(SELECT table_id FROM slots WHERE id = ${slotId}::uuid))::text`
  const [slot] = await tx.$queryRaw<LockedSlot[]>`
    SELECT id, service_date::text AS "serviceDate", table_id AS "tableId", starts_at AS "startsAt",
           ends_at AS "endsAt", min_party AS "minParty", max_party AS "maxParty",
           blocked AND NOT closed AS blocked,
           EXISTS (SELECT FROM closed_tables c
                    WHERE c.table_id = slots.table_id
                      AND tstzrange(c.starts_at, c.ends_at) && tstzrange(slots.starts_at, slots.ends_at)) AS "isClosed",
           NOT is_slot_free(taken, held_until, now()) AS "isTaken", ends_at <= now() AS "isOver"
      FROM slots WHERE id = ${slotId}::uuid AND deleted_at IS NULL FOR UPDATE`
  return slot ?? null
}

type ChangeRefusal =
  | 'not-found'
  | 'has-reservations'
  | 'table-closed'
  | 'past-time'
  | 'overlaps-slot'
  | 'invalid'
  | 'before-day-cut'
  | 'beyond-day-cut'
type Changing = {
  tx: Transaction
  stop: Stop<ChangeRefusal>
  slot: LockedSlot
  restaurant: Restaurant
}

async function block({ tx, slot, stop }: Changing, blocked: boolean): Promise<ChangedSlot> {
  if (!blocked && slot.isClosed) return stop(refuse('table-closed'))
  await tx.$executeRaw`
    UPDATE slots SET blocked = ${blocked}, closed = false WHERE id = ${slot.id}::uuid`
  return { slotId: slot.id }
}

/**
 * A slot with other times or parties becomes a new slot, so that a diner who undoes a cancellation
 * of the old one does not end up in it.
 */
async function replace(
  { tx, stop, slot, restaurant }: Changing,
  change: Extract<SlotChange, { from?: unknown }>,
): Promise<ChangedSlot> {
  const { minParty = slot.minParty, maxParty = slot.maxParty, from, to } = change
  if (minParty > maxParty)
    stop(refuse('invalid', { fields: [{ field: 'maxParty', code: 'too_small' }] }))
  const placed = placeByHand({ ...restaurant, slot, serviceDate: slot.serviceDate, from, to })
  if (!placed.ok) return stop(placed)
  await deleteSlots(tx, [slot.id])
  const [made] = await insertSlots(tx, {
    restaurantId: restaurant.id,
    serviceDate: slot.serviceDate,
    slots: [{ ...slot, ...placed.value, minParty, maxParty }],
  })
  return { slotId: made ?? null }
}

async function changeLocked(asked: Changing, wanted: SlotChange): Promise<ChangedSlot> {
  if ('blocked' in wanted) return block(asked, wanted.blocked)
  if (!('deleted' in wanted)) return replace(asked, wanted)
  await deleteSlots(asked.tx, [asked.slot.id])
  return { slotId: null }
}

function nameAct(wanted: SlotChange) {
  if ('blocked' in wanted)
    return wanted.blocked
      ? ({ act: 'BLOCK_SLOT', to: 'BLOCKED' } as const)
      : ({ act: 'UNBLOCK_SLOT', to: 'FREE' } as const)
  return 'deleted' in wanted
    ? ({ act: 'DELETE_SLOT', to: 'DELETED' } as const)
    : ({ act: 'CHANGE_SLOT', to: 'FREE' } as const)
}

async function findRestaurantId(slotId: string): Promise<string | null> {
  const prisma = await loadPrisma()
  const slot = await prisma.slot.findUnique({
    where: { id: slotId },
    select: { restaurantId: true },
  })
  return slot?.restaurantId ?? null
}

/**
 * Changes one free slot by hand. Staff may block and unblock it; only the restaurant's owners and
 * admins may delete it or change its times or parties. Locks the restaurant's row, then the
 * slot's table, then the slot: when a booking of the same slot arrives, the first of the two succeeds and the other is refused.
 *
 * Refuses `not-found` (also for another restaurant's slot, and for acts floor staff may not do),
 * `has-reservations`, `table-closed` for one that can't be unblocked by itself, `past-time`,
 * `overlaps-slot`, and as `placeByHand` does.
 */
export async function changeSlot({
  slotId,
  change: wanted,
  actor,
}: {
  slotId: string
  change: SlotChange
  actor: StaffActor
}): Promise<Result<ChangedSlot, ChangeRefusal>> {
  const restaurantId = await findRestaurantId(slotId)
  if (!restaurantId) return refuse('not-found')
  const change = async (tx: Transaction, stop: Stop<ChangeRefusal>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId, isEditing: true })
    const restaurant = role && (await tx.restaurant.findUnique({ where: { id: restaurantId } }))
    if (!restaurant) return stop(refuse('not-found'))
    if (role === 'STAFF' && !('blocked' in wanted)) return stop(refuse('not-found'))
    const slot = await lockSlot(tx, slotId)
    if (!slot) return stop(refuse('not-found'))
    if (slot.isTaken) return stop(refuse('has-reservations'))
    if (slot.isOver) return stop(refuse('past-time'))
    const changed = await changeLocked({ tx, stop, slot, restaurant }, wanted)
    const { serviceDate, startsAt, endsAt, minParty, maxParty, blocked } = slot
    const before = { serviceDate, minParty, maxParty, blocked }
    const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
    await recordAct(tx, {
      ...nameAct(wanted),
      subject: 'SLOT',
      subjectId: slotId,
      restaurantId,
      actor: { ...actor, role },
      from: blocked ? 'BLOCKED' : 'FREE',
      details: { before: { ...before, ...times }, became: changed.slotId },
    })
    return changed
  }
  return runTransaction(change, { constraints: { slots_no_overlap: 'overlaps-slot' } })
}
