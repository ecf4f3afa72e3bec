import { lockTablesAt } from '@/domain/booking/table-choice.commands'
import { recordAct } from '@/domain/identity/audit.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { listTableClosuresIn } from './table-closure.queries'
import type { TableClosure, TableClosureDraft } from './table-closure.schema'

/** Starts over this often when a lock is not had in time. */
const TRIES = 4

type CloseRefusal =
  | 'not-found'
  | 'no-such-table'
  | 'area-empty'
  | 'past-time'
  | 'already-closed'
  | 'busy'

type Asked = { restaurantId: string; closure: TableClosureDraft }
type Closing = Asked & { stop: Stop<CloseRefusal> }
type Named = { id: string; number: number }

/** The tables in use that are named, or in the area, in id order. */
async function listNamed(
  tx: Transaction,
  { restaurantId, closure: { areaId, tableNumbers = [] } }: Asked,
): Promise<Named[]> {
  return tx.$queryRaw<Named[]>`
    SELECT id, number FROM restaurant_tables
     WHERE restaurant_id = ${restaurantId}::uuid AND deleted_at IS NULL
       AND (area_id = ${areaId ?? null}::uuid OR number = ANY(${tableNumbers}::int[]))
     ORDER BY id`
}

async function findTables(tx: Transaction, { stop, ...asked }: Closing): Promise<Named[]> {
  const { restaurantId, closure } = asked
  const tables = await listNamed(tx, asked)
  if (closure.areaId !== undefined) {
    const area = await tx.restaurantArea.findFirst({ where: { id: closure.areaId, restaurantId } })
    if (!area) return stop(refuse('not-found'))
    return tables.length > 0 ? tables : stop(refuse('area-empty'))
  }
  const missing = (closure.tableNumbers ?? []).filter(
    (asked) => !tables.some(({ number }) => number === asked),
  )
  return missing.length > 0 ? stop(refuse('no-such-table', { tableNumbers: missing })) : tables
}

/** Stops with the tables that are closed at a part of that time. They are locked. */
async function judgeOpen(
  tx: Transaction,
  { tables, closure: { from, to }, stop }: Closing & { tables: Named[] },
): Promise<void> {
  const [{ isOver } = { isOver: false }] = await tx.$queryRaw<{ isOver: boolean }[]>`
    SELECT ${to}::timestamptz <= now() AS "isOver"`
  if (isOver) stop(refuse('past-time'))
  const closed = await tx.$queryRaw<{ number: number }[]>`
    SELECT DISTINCT t.number FROM closed_tables c JOIN restaurant_tables t ON t.id = c.table_id
     WHERE c.table_id = ANY(${tables.map(({ id }) => id)}::uuid[])
       AND tstzrange(c.starts_at, c.ends_at) && tstzrange(${from}::timestamptz, ${to}::timestamptz)
     ORDER BY t.number`
  if (closed.length > 0)
    stop(refuse('already-closed', { tableNumbers: closed.map(({ number }) => number) }))
}

async function writeClosure(
  tx: Transaction,
  {
    restaurantId,
    closure: { areaId, from, to, reason = null },
    tables,
  }: Asked & { tables: Named[] },
): Promise<string> {
  const tableIds = tables.map(({ id }) => id)
  const { id } = await tx.tableClosure.create({
    data: { restaurantId, areaId: areaId ?? null, startsAt: from, endsAt: to, reason },
    select: { id: true },
  })
  await tx.closedTable.createMany({
    data: tableIds.map((tableId) => ({ closureId: id, tableId, startsAt: from, endsAt: to })),
  })
  // Those of parties too: a party that leaves one, or whose hold ends, leaves it closed. Not those blocked by hand.
  await tx.$executeRaw`
    UPDATE slots SET blocked = true, closed = true
     WHERE table_id = ANY(${tableIds}::uuid[]) AND (deleted_at IS NULL OR gave_way)
       AND tstzrange(starts_at, ends_at) && tstzrange(${from}::timestamptz, ${to}::timestamptz)
       AND NOT blocked AND NOT off_plan`
  return id
}

/**
 * Closes an area, or tables, for a while: nobody new comes to them, by whichever way, and slots that are
 * made meanwhile are closed too. Parties there stay until they are moved; the answer names them, with a
 * move proposed for each.
 *
 * Locks the staff's role, the tables in id order, then their slots at that time in id order: a booking of
 * one of them either comes before, and its party is named, or finds it closed.
 *
 * Refuses `not-found` (also for an area of another restaurant), `no-such-table` with the `tableNumbers`,
 * `area-empty`, `past-time`, and `already-closed` with the `tableNumbers` that are closed at a part of that
 * time. All of the tables are closed or none.
 */
export async function closeTables({
  actor,
  ...asked
}: Asked & { actor: StaffActor }): Promise<Result<TableClosure, CloseRefusal>> {
  const { restaurantId, closure } = asked
  const close = async (tx: Transaction, stop: Stop<CloseRefusal>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    if (!role) return stop(refuse('not-found'))
    const named = await findTables(tx, { ...asked, stop })
    await lockTablesAt(tx, { tables: named, ...timesOf(closure) })
    // One may have been taken out of use while its lock was waited for.
    const tables = (await findTables(tx, { ...asked, stop })).filter(({ id }) =>
      named.some((locked) => locked.id === id),
    )
    await judgeOpen(tx, { ...asked, tables, stop })
    const id = await writeClosure(tx, { ...asked, tables })
    const { from, to, areaId = null } = closure
    await recordAct(tx, {
      subject: 'CLOSURE',
      subjectId: id,
      restaurantId,
      actor: { ...actor, role },
      act: 'CLOSE_TABLES',
      to: 'CLOSED',
      details: { tableNumbers: numbersOf(tables), areaId, from, to },
    })
    const made = (await listTableClosuresIn(tx, restaurantId)).find((one) => one.id === id)
    return made ?? stop(refuse('past-time'))
  }
  return runTransaction(close, {
    constraints: { closed_tables_no_overlap: 'already-closed' },
    tries: TRIES,
  })
}

const numbersOf = (tables: Named[]) => tables.map(({ number }) => number).toSorted((a, b) => a - b)

const timesOf = ({ from, to }: { from: string; to: string }) => ({
  startsAt: new Date(from),
  endsAt: new Date(to),
})

type StoredClosure = { startsAt: Date; endsAt: Date; tables: Named[] }

/** Locks the tables of a closure in id order, and then their slots, as closing them does. Null: it is over. */
async function lockClosure(
  tx: Transaction,
  { restaurantId, closureId }: { restaurantId: string; closureId: string },
): Promise<StoredClosure | null> {
  const read = async (): Promise<StoredClosure | null> => {
    const [closure] = await tx.$queryRaw<Pick<StoredClosure, 'startsAt' | 'endsAt'>[]>`
      SELECT starts_at AS "startsAt", ends_at AS "endsAt" FROM table_closures
       WHERE id = ${closureId}::uuid AND restaurant_id = ${restaurantId}::uuid AND ends_at > now()`
    if (!closure) return null
    const tables = await tx.$queryRaw<Named[]>`
      SELECT t.id, t.number FROM closed_tables c JOIN restaurant_tables t ON t.id = c.table_id
       WHERE c.closure_id = ${closureId}::uuid ORDER BY t.id`
    return { ...closure, tables }
  }
  const found = await read()
  if (!found) return null
  await lockTablesAt(tx, found)
  return read()
}

/** The slots that no closing covers any more are as they were; those that staff blocked by hand stay so. */
async function reopenSlots(
  tx: Transaction,
  { tables, startsAt, endsAt }: StoredClosure,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE slots s SET blocked = false, closed = false
     WHERE s.table_id = ANY(${tables.map(({ id }) => id)}::uuid[]) AND s.closed
       AND tstzrange(s.starts_at, s.ends_at) && tstzrange(${startsAt}::timestamptz, ${endsAt}::timestamptz)
       AND NOT EXISTS (
         SELECT FROM closed_tables c
          WHERE c.table_id = s.table_id
            AND tstzrange(c.starts_at, c.ends_at) && tstzrange(s.starts_at, s.ends_at))`
}

type EndRefusal = 'not-found' | 'not-shorter' | 'past-time' | 'busy'

/**
 * Opens the tables of a closure again, now or, with `to`, earlier than was said. Their slots come back, but
 * for those that staff blocked by hand. Locks as `closeTables` does.
 *
 * Refuses `not-found` (also where it has ended already), `past-time` for an end that is over, and
 * `not-shorter` for one that is not between its beginning and its present end.
 */
export async function endTableClosure({
  restaurantId,
  closureId,
  to = null,
  actor,
}: {
  restaurantId: string
  closureId: string
  /** Null: at once. */
  to?: string | null
  actor: StaffActor
}): Promise<Result<TableClosure[], EndRefusal>> {
  const end = async (tx: Transaction, stop: Stop<EndRefusal>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    const stored = role && (await lockClosure(tx, { restaurantId, closureId }))
    if (!stored) return stop(refuse('not-found'))
    if (to === null) await tx.tableClosure.delete({ where: { id: closureId } })
    else await shorten(tx, { closureId, stored, to, stop })
    await reopenSlots(tx, stored)
    const { startsAt, endsAt, tables } = stored
    const tableNumbers = numbersOf(tables)
    const before = { from: startsAt.toISOString(), to: endsAt.toISOString() }
    await recordAct(tx, {
      subject: 'CLOSURE',
      subjectId: closureId,
      restaurantId,
      actor: { ...actor, role },
      from: 'CLOSED',
      ...(to === null
        ? { act: 'REOPEN_TABLES', to: 'OPEN', details: { tableNumbers, ...before } }
        : { act: 'SHORTEN_CLOSURE', to: 'CLOSED', details: { tableNumbers, before, to } }),
    })
    return listTableClosuresIn(tx, restaurantId)
  }
  return runTransaction(end, { tries: TRIES })
}

async function shorten(
  tx: Transaction,
  {
    closureId,
    stored: { startsAt, endsAt },
    to,
    stop,
  }: { closureId: string; stored: StoredClosure; to: string; stop: Stop<EndRefusal> },
): Promise<void> {
  const end = new Date(to)
  if (end <= startsAt || end >= endsAt) stop(refuse('not-shorter'))
  const [{ isOver } = { isOver: false }] = await tx.$queryRaw<{ isOver: boolean }[]>`
    SELECT ${to}::timestamptz <= now() AS "isOver"`
  if (isOver) stop(refuse('past-time'))
  await tx.tableClosure.update({ where: { id: closureId }, data: { endsAt: end } })
  await tx.closedTable.updateMany({ where: { closureId }, data: { endsAt: end } })
}
