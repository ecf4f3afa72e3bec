import type { Stop, Transaction } from '@/lib/db/transaction'
import { beginAnew } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import { Prisma } from '@/prisma/generated/client'
import {
  type AskedSlot,
  endOfStay,
  judgeTable,
  rankTables,
  type TableRefusal,
  type TableStay,
} from './table-choice.rules'

export type TablesAsked = {
  restaurantId: string
  serviceDate: string
  startsAt: Date
  /** How long the party stays. Null: as long as the seating. */
  minutes: number | null
  partySize: number
  /** Staff take a table that is too small, too. */
  insists: boolean
}

export type ChoiceRefusal = TableRefusal | 'party-size' | 'not-found'

/** The seatings of the stay at these tables, or at all of them; see `AskedSlot`. */
async function readSlots(
  tx: Transaction,
  {
    asked: { restaurantId, serviceDate, startsAt, minutes },
    tableNumbers = null,
    lock,
  }: {
    asked: TablesAsked
    tableNumbers?: number[] | null
    lock: 'none' | 'wait' | 'skip'
  },
): Promise<AskedSlot[]> {
  const untilAt = endOfStay({ startsAt, minutes }) ?? startsAt
  const locking = {
    none: Prisma.empty,
    wait: Prisma.raw('FOR UPDATE OF s'),
    skip: Prisma.raw('FOR UPDATE OF s SKIP LOCKED'),
  }
  return tx.$queryRaw<AskedSlot[]>`
    SELECT s.id, t.number AS "tableNumber", s.min_party AS "minParty", s.max_party AS "maxParty",
           s.starts_at AS "startsAt", s.ends_at AS "endsAt",
           NOT s.blocked AND is_slot_free(s.taken, s.held_until, now()) AS "isFree",
           s.starts_at <= now() AS "hasBegun", s.ends_at <= now() AS "isOver",
           EXISTS (SELECT FROM occupancies o
                    WHERE o.table_id = s.table_id AND o.ended_at IS NULL
                      AND o.service_date = service_date_at(now(), r.time_zone, r.day_cut_minutes)) AS "isOccupied"
      FROM slots s JOIN restaurants r ON r.id = s.restaurant_id
      JOIN restaurant_tables t ON t.id = s.table_id AND t.deleted_at IS NULL
     WHERE s.restaurant_id = ${restaurantId}::uuid AND s.service_date = ${serviceDate}::date AND s.deleted_at IS NULL
       AND (${tableNumbers}::int[] IS NULL OR t.number = ANY(${tableNumbers}::int[]))
       AND (s.starts_at = ${startsAt}::timestamptz
            OR (s.starts_at > ${startsAt}::timestamptz AND s.starts_at < ${untilAt}::timestamptz))
     ORDER BY s.id ${locking[lock]}`
}

async function requireTables(
  tx: Transaction,
  {
    restaurantId,
    tableNumbers,
    stop,
  }: { restaurantId: string; tableNumbers: number[]; stop: Stop<ChoiceRefusal> },
): Promise<void> {
  const [known] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM restaurant_tables
     WHERE restaurant_id = ${restaurantId}::uuid AND deleted_at IS NULL AND number = ANY(${tableNumbers}::int[])`
  if (known?.count !== tableNumbers.length) stop(refuse('not-found'))
}

/**
 * Locks the tables that staff named, for the whole stay: their slots in id order before any is judged.
 * All of them or none. Stops with `not-found` for a table that the restaurant does not have, with the
 * refusals of `judgeTable`, and `party-size` when the party has no room at them, unless staff insist.
 */
export async function lockNamedTables(
  tx: Transaction,
  {
    asked,
    tableNumbers,
    stop,
  }: { asked: TablesAsked; tableNumbers: number[]; stop: Stop<ChoiceRefusal> },
): Promise<TableStay[]> {
  await requireTables(tx, { restaurantId: asked.restaurantId, tableNumbers, stop })
  const slots = await readSlots(tx, { asked, tableNumbers, lock: 'wait' })
  const stays = tableNumbers.map((number) => {
    const judged = judgeTable({
      ...asked,
      slots: slots.filter(({ tableNumber }) => tableNumber === number),
    })
    return judged.ok ? judged.value : stop(judged)
  })
  const seats = stays.reduce((sum, { maxParty }) => sum + maxParty, 0)
  if (asked.partySize > seats && !asked.insists) return stop(refuse('party-size', { seats }))
  return stays
}

/**
 * Locks the table that fits best. It never waits for a slot, so that trying one table after the other
 * deadlocks nowhere; where every free one is just being taken, the transaction begins anew. Stops as
 * `rankTables` refuses.
 */
export async function lockBestTable(
  tx: Transaction,
  { asked, stop }: { asked: TablesAsked; stop: Stop<ChoiceRefusal> },
): Promise<TableStay[]> {
  const ranked = rankTables({ ...asked, slots: await readSlots(tx, { asked, lock: 'none' }) })
  if (!ranked.ok) return stop(ranked)
  for (const { tableNumber, slotIds } of ranked.value) {
    const slots = await readSlots(tx, { asked, tableNumbers: [tableNumber], lock: 'skip' })
    const judged = judgeTable({ ...asked, slots })
    if (judged.ok && judged.value.slotIds.length === slotIds.length) return [judged.value]
  }
  return beginAnew()
}
