import { listCombinationsIn } from '@/domain/restaurant/table-group.queries'
import type { Stop, Transaction } from '@/lib/db/transaction'
import { beginAnew } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import { takeOffPlan } from './off-plan.commands'
import { listStayTables, readStayDate, type StayTable } from './stay.queries'
import { judgeStay, type StayRefusal } from './stay.rules'
import {
  type AskedSlot,
  endOfStay,
  furthest,
  judgeFreedom,
  judgeTable,
  judgeTogether,
  pickOffPlan,
  rankCombined,
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

export type ChoiceRefusal = TableRefusal | StayRefusal | 'party-size' | 'no-such-table'

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
    lock: 'none' | 'skip'
  },
): Promise<AskedSlot[]> {
  const untilAt = minutes === null ? startsAt : endOfStay({ startsAt, minutes })
  const { Prisma } = await import('@/prisma/generated/client')
  const locking = { none: Prisma.empty, skip: Prisma.raw('FOR UPDATE OF s SKIP LOCKED') }
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
     WHERE s.restaurant_id = ${restaurantId}::uuid AND s.service_date = ${serviceDate}::date
       AND s.deleted_at IS NULL AND NOT s.off_plan
       AND (${tableNumbers}::int[] IS NULL OR t.number = ANY(${tableNumbers}::int[]))
       AND (s.starts_at = ${startsAt}::timestamptz
            OR (s.starts_at > ${startsAt}::timestamptz AND s.starts_at < ${untilAt}::timestamptz))
     ORDER BY s.id ${locking[lock]}`
}

/** A stay at a time that staff chose themselves, and what its date allows. */
async function planOffPlan(
  tx: Transaction,
  { asked, stop }: { asked: TablesAsked; stop: Stop<ChoiceRefusal> },
): Promise<{ startsAt: Date; endsAt: Date; hasBegun: boolean; judge: () => void }> {
  const date = await readStayDate(tx, asked)
  if (!date) return stop(refuse('no-such-time'))
  const { startsAt, insists } = asked
  const minutes = asked.minutes ?? date.seatingMinutes
  const endsAt = endOfStay({ startsAt, minutes })
  const judge = () => {
    const judged = judgeStay({ ...date, startsAt, endsAt, insists })
    if (!judged.ok) stop(judged)
  }
  return { startsAt, endsAt, hasBegun: startsAt <= date.now, judge }
}

/** Locks these tables for making slots at them, and all their slots at that time (`lock_slots`). */
export async function lockTablesAt(
  tx: Transaction,
  { tables, startsAt, endsAt }: { tables: Pick<StayTable, 'id'>[]; startsAt: Date; endsAt: Date },
): Promise<void> {
  await tx.$queryRaw`
    SELECT lock_slots(p_slots => '{}', p_tables => ${tables.map(({ id }) => id)}::uuid[],
                      p_starts_at => ${startsAt}::timestamptz, p_ends_at => ${endsAt}::timestamptz)::text`
}

/**
 * The tables with these numbers, locked as `lockTablesAt` does. Stops with `no-such-table` and the
 * `tableNumbers` that are unknown, out of use or another restaurant's.
 */
export async function lockKnownTables(
  tx: Transaction,
  {
    stop,
    ...asked
  }: {
    restaurantId: string
    tableNumbers: number[]
    startsAt: Date
    endsAt: Date
    stop: Stop<'no-such-table'>
  },
): Promise<StayTable[]> {
  const find = async () => {
    const tables = await listStayTables(tx, asked)
    const known = new Set(tables.map(({ tableNumber }) => tableNumber))
    const unknown = asked.tableNumbers.filter((number) => !known.has(number))
    return unknown.length === 0 ? tables : stop(refuse('no-such-table', { tableNumbers: unknown }))
  }
  await lockTablesAt(tx, { tables: await find(), ...asked })
  // One may have been taken out of use while its lock was waited for.
  return find()
}

/**
 * Locks the tables that staff named, for the whole stay: all tables, then their slots, each in id order,
 * before any is judged. All of them or none. A table whose seatings are not exactly the stay is had off
 * the plan. Stops as `lockKnownTables`, with the refusals of `judgeTable` and `judgeStay`, and `party-size` when the party has no room at them, unless staff insist.
 */
export async function lockNamedTables(
  tx: Transaction,
  {
    asked,
    tableNumbers,
    stop,
  }: { asked: TablesAsked; tableNumbers: number[]; stop: Stop<ChoiceRefusal> },
): Promise<TableStay[]> {
  const stay = await planOffPlan(tx, { asked, stop })
  const { restaurantId } = asked
  const { startsAt, endsAt } = stay
  const tables = await lockKnownTables(tx, { restaurantId, tableNumbers, startsAt, endsAt, stop })
  const slots = await readSlots(tx, { asked, tableNumbers, lock: 'none' })
  const stays: TableStay[] = []
  for (const table of tables) {
    const ofTable = slots.filter(({ tableNumber }) => tableNumber === table.tableNumber)
    const judged = judgeTable({ ...asked, slots: ofTable })
    if (!judged.ok && judged.reason !== 'no-such-time') return stop(judged)
    stays.push(judged.ok ? judged.value : await takeTable(tx, { asked, table, stay, stop }))
  }
  const seats = stays.reduce((sum, { maxParty }) => sum + maxParty, 0)
  if (asked.partySize > seats && !asked.insists) return stop(refuse('party-size', { seats }))
  return stays
}

type OffPlan = Awaited<ReturnType<typeof planOffPlan>>

/** One locked table off the plan. */
async function takeTable(
  tx: Transaction,
  {
    asked: { restaurantId, serviceDate },
    table,
    stay: { startsAt, endsAt, hasBegun, judge },
    stop,
  }: { asked: TablesAsked; table: StayTable; stay: OffPlan; stop: Stop<ChoiceRefusal> },
): Promise<TableStay> {
  judge()
  const isFree = judgeFreedom({ table, hasBegun })
  if (!isFree.ok) return stop(isFree)
  const stays = [{ tableId: table.id, startsAt, endsAt }]
  const taken = await takeOffPlan(tx, { restaurantId, serviceDate, stays })
  if (!taken.ok) return stop(taken)
  const { tableNumber, minParty, maxParty } = table
  return { tableNumber, minParty, maxParty, slotIds: taken.value, endsAt }
}

/**
 * Locks the table that fits best; where no table alone can be had, the combination that fits best, all
 * of its tables or none; and for staff who insist, a table that is too small. It never waits for a
 * seating, so that trying one after the other deadlocks nowhere; where every free one is just being
 * taken, the transaction begins anew. A time at which no table has a seating is had off the plan, at one
 * table whose locks are waited for. Stops as `rankTables` and `judgeStay` refuse, or as `rankCombined` if
 * that tells more.
 */
export async function lockBestTables(
  tx: Transaction,
  { asked, stop }: { asked: TablesAsked; stop: Stop<ChoiceRefusal> },
): Promise<TableStay[]> {
  const slots = await readSlots(tx, { asked, lock: 'none' })
  const single = rankTables({ ...asked, slots, insists: false })
  if (single.ok) return lockFirst(tx, { asked, choices: single.value.map((stay) => [stay]) })
  if (single.reason === 'no-such-time') return [await lockOffPlan(tx, { asked, stop })]
  const combinations = await listCombinationsIn(tx, asked.restaurantId)
  const combined = rankCombined({ ...asked, slots, combinations })
  if (combined.ok) return lockFirst(tx, { asked, choices: combined.value })
  if (!asked.insists)
    return stop(combined.reason === 'party-size' ? single : furthest([single, combined]))
  const tooSmall = rankTables({ ...asked, slots })
  if (!tooSmall.ok) return stop(tooSmall)
  return lockFirst(tx, { asked, choices: tooSmall.value.map((stay) => [stay]) })
}

/** The first choice of which every slot can be locked, in id order, without waiting. */
async function lockFirst(
  tx: Transaction,
  { asked, choices }: { asked: TablesAsked; choices: TableStay[][] },
): Promise<TableStay[]> {
  for (const stays of choices) {
    const tableNumbers = stays.map(({ tableNumber }) => tableNumber)
    const slots = await readSlots(tx, { asked, tableNumbers, lock: 'skip' })
    const judged = judgeTogether({ ...asked, slots, tableNumbers })
    if (judged.ok && listSlotIds(judged.value).length === listSlotIds(stays).length)
      return judged.value
  }
  return beginAnew()
}

const listSlotIds = (stays: TableStay[]) => stays.flatMap(({ slotIds }) => slotIds)

async function lockOffPlan(
  tx: Transaction,
  { asked, stop }: { asked: TablesAsked; stop: Stop<ChoiceRefusal> },
): Promise<TableStay> {
  const stay = await planOffPlan(tx, { asked, stop })
  stay.judge()
  const { restaurantId } = asked
  const tables = await listStayTables(tx, { restaurantId, ...stay })
  const picked = pickOffPlan({ ...asked, tables, hasBegun: stay.hasBegun })
  if (!picked.ok) return stop(picked)
  await lockTablesAt(tx, { tables: [picked.value], ...stay })
  const tableNumbers = [picked.value.tableNumber]
  const [table] = await listStayTables(tx, { restaurantId, tableNumbers, ...stay })
  // Another caller was a moment faster: another table may fit.
  if (!table?.isFree) return beginAnew()
  return takeTable(tx, { asked, table, stay, stop })
}
