import type { Block, BlockKind, GridRow } from './grid.rules'
import type { DaySlot, DayTable } from './schema'
import { isSoon } from './walk-in.rules'

const begins = ({ startsAt }: Pick<Block, 'startsAt'>) => Date.parse(startsAt)
const ends = ({ endsAt }: Pick<Block, 'endsAt'>) => Date.parse(endsAt)

/** Nobody else can have these cells. */
const HELD_FAST: readonly BlockKind[] = ['TAKEN', 'HELD', 'KEPT', 'BLOCKED', 'CLOSED']

/** The party that sits there now, at the cell from which it has the table. */
function findSitting({ table, blocks }: GridRow, nowMs: number): Block | undefined {
  const { seatedReservationId } = table
  if (seatedReservationId === null) return undefined
  const own = blocks.filter(({ party }) => party?.reservationId === seatedReservationId)
  const taken = own.filter(({ kind }) => kind === 'TAKEN')
  const isOfOtherDate = ({ kind, party }: Block) => kind === 'TAKEN' && party === null
  return taken.findLast((block) => begins(block) <= nowMs) ?? taken[0] ?? blocks.find(isOfOtherDate)
}

function toBlock({ slotId, reservationId, state, ...slot }: DaySlot): Block {
  return { ...slot, kind: 'FREE', slotIds: [slotId], party: null }
}

/**
 * The one cell of its row that a table shows at an instant: who sits there, else what has the table, else a
 * party that has come or is about to, else the free time that runs, from now on where the plan has none, or
 * is next. A tap means what it means on that cell.
 */
export function readTableAt({
  row,
  atMs,
  nowMs,
  tableNow,
}: {
  row: GridRow
  atMs: number
  nowMs: number
  /** The table from now on, where a party may sit down off the plan. Null: it may not. */
  tableNow: DaySlot | null
}): PictureTable {
  const { table, blocks } = row
  const isNow = atMs === nowMs
  const running = blocks.find((block) => begins(block) <= atMs && atMs < ends(block)) ?? null
  const coming = blocks.filter((block) => begins(block) > atMs)
  const nextParty = coming.find(({ party, kind }) => party && (kind === 'TAKEN' || kind === 'HELD'))
  const next = nextParty ?? null
  const sitting = isNow ? findSitting(row, nowMs) : undefined
  if (sitting) return { table, block: sitting, next: sitting === next ? null : next }
  if (running && HELD_FAST.includes(running.kind)) return { table, block: running, next }
  const isDue =
    next !== null && (isSoon({ slot: next, nowMs: atMs }) || next.party?.arrivedAt != null)
  if (isNow && isDue) return { table, block: next, next: null }
  if (running?.kind === 'FREE') return { table, block: running, next }
  if (!isNow) return { table, block: null, next }
  if (tableNow) return { table, block: toBlock(tableNow), next }
  const [first = null] = coming.filter(({ kind, party }) => kind === 'FREE' || party)
  return { table, block: first, next: first === next ? null : next }
}

/** The instants at which the tables can be looked at: each start of a seating that is not over, in order. */
export function listPictureTimes({
  slots,
  nowMs,
}: {
  slots: readonly DaySlot[]
  nowMs: number
}): string[] {
  const open = slots.filter((slot) => ends(slot) > nowMs)
  return [...new Set(open.map(({ startsAt }) => startsAt))].toSorted()
}

/** The tables of each party that has several, by number: they are drawn joined. */
export function listJoined(tables: readonly PictureTable[]): number[][] {
  const joined = new Map<string, number[]>()
  for (const { table, block } of tables)
    if (block?.party) {
      const { reservationId } = block.party
      joined.set(reservationId, [...(joined.get(reservationId) ?? []), table.number])
    }
  return [...joined.values()].filter((numbers) => numbers.length > 1)
}

export type PictureTable = {
  table: DayTable
  /** Null: the table is not to be had at that time. */
  block: Block | null
  /** The next party, where the block is another's. */
  next: Block | null
}
