import type { Day, DayParty, DaySlot, DayTable } from './schema'
import { isSoon } from './walk-in.rules'

function decideKind({
  slot,
  party,
  nowMs,
}: {
  slot: DaySlot
  party: DayParty | undefined
  nowMs: number
}): BlockKind {
  if (slot.state === 'BLOCKED') return 'BLOCKED'
  const isOver = Date.parse(slot.endsAt) <= nowMs
  if (slot.state === 'FREE' && isOver) return party ? 'GONE' : 'OVER'
  if (slot.state === 'TAKEN' && party?.status === 'LEFT') return 'GONE'
  return slot.state
}

/** The last party that sat at each slot, or should have; a slot that is over shows it. */
function listLastParties(parties: DayParty[]): Map<string, DayParty> {
  const last = new Map<string, DayParty>()
  for (const party of parties)
    if (party.status === 'LEFT' || party.status === 'NO_SHOW')
      for (const slotId of party.slotIds) last.set(slotId, party)
  return last
}

/** From when on a party sits at the table, as far as its rows tell; one of another date, just now. */
const sitsSinceMs = ({ party, nowMs }: { party: DayParty | null; nowMs: number }) =>
  party ? Date.parse(party.seatedAt ?? party.startsAt) : nowMs

/**
 * Who sits has the table, whatever the plan says, also one who had booked another date: its free cells from
 * when they sat down until now. Past their time they keep the cell that is about to begin, too.
 */
function occupy({
  block,
  table: { seatedReservationId },
  parties,
  nowMs,
}: {
  block: Block
  table: DayTable
  parties: Map<string, DayParty>
  nowMs: number
}): Block {
  if (seatedReservationId === null || (block.kind !== 'FREE' && block.kind !== 'OVER')) return block
  const party = parties.get(seatedReservationId) ?? null
  const [startMs, endMs] = [Date.parse(block.startsAt), Date.parse(block.endsAt)]
  if (startMs <= nowMs)
    return sitsSinceMs({ party, nowMs }) < endMs ? { ...block, kind: 'TAKEN', party } : block
  const isOver = party === null || Date.parse(party.endsAt) <= nowMs
  return isOver && isSoon({ slot: block, nowMs }) ? { ...block, kind: 'KEPT', party } : block
}

/** Who sits in a pause of the plan has the table until now; before its time, since it sat down. */
function reachNow({
  blocks,
  seatedId,
  nowMs,
}: {
  blocks: Block[]
  seatedId: string | null
  nowMs: number
}): Block[] {
  const next = blocks.findIndex(({ endsAt }) => Date.parse(endsAt) > nowMs)
  const [before, after] = next < 0 ? [blocks.at(-1), undefined] : [blocks[next - 1], blocks[next]]
  if (after && Date.parse(after.startsAt) <= nowMs) return blocks
  const isTheirs = ({ kind, party }: Block) =>
    kind === 'TAKEN' && party !== null && party.reservationId === seatedId
  const stretch = (block: Block, part: Partial<Block>) =>
    blocks.map((one) => (one === block ? { ...block, ...part } : one))
  if (before && isTheirs(before)) return stretch(before, { endsAt: new Date(nowMs).toISOString() })
  if (!after || !isTheirs(after)) return blocks
  const sinceMs = sitsSinceMs({ party: after.party, nowMs })
  const startMs = Math.max(Math.min(sinceMs, nowMs), before ? Date.parse(before.endsAt) : 0)
  return stretch(after, { startsAt: new Date(startMs).toISOString() })
}

function continues(block: Block | undefined, next: Block): block is Block {
  return (
    block?.party != null &&
    block.kind === next.kind &&
    block.party.reservationId === next.party?.reservationId
  )
}

/** Whether the party of a block has the table of another row at the same time: they are drawn as one. */
export const isJoinedTo = ({ row, block }: { row: GridRow | undefined; block: Block }): boolean =>
  row?.blocks.some(
    (other) =>
      continues(other, block) && other.startsAt < block.endsAt && block.startsAt < other.endsAt,
  ) ?? false

/** Merges one party's neighbouring slots into one block: it sits through any gap between them. */
function mergeBlocks(blocks: Block[]): Block[] {
  const merged: Block[] = []
  for (const block of blocks) {
    const before = merged.at(-1)
    if (continues(before, block))
      merged[merged.length - 1] = {
        ...before,
        endsAt: block.endsAt,
        slotIds: [...before.slotIds, ...block.slotIds],
      }
    else merged.push(block)
  }
  return merged
}

/** Tables in rows, by number; each row's blocks in order of time. */
export function layOutRows({
  day,
  nowMs,
  isClosed = false,
  isToday = true,
}: {
  day: Pick<Day, 'tables' | 'slots' | 'parties'>
  nowMs: number
  /** It is a day off, on which only staff who insist have a party. */
  isClosed?: boolean
  /** False: who sits now sits on another date than the board's. */
  isToday?: boolean
}): GridRow[] {
  const parties = new Map(day.parties.map((party) => [party.reservationId, party]))
  const lastParties = listLastParties(day.parties)
  const toBlock = ({ slotId, state, reservationId, ...slot }: DaySlot): Block => {
    const party = reservationId ? parties.get(reservationId) : lastParties.get(slotId)
    const kind = decideKind({ slot: { slotId, state, reservationId, ...slot }, party, nowMs })
    const isEmpty = kind === 'FREE' || kind === 'OVER' || kind === 'BLOCKED'
    return { ...slot, kind, slotIds: [slotId], party: (!isEmpty && party) || null }
  }
  return day.tables.map((table) => {
    const slots = day.slots.filter((slot) => slot.tableNumber === table.number)
    const inOrder = slots.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
    const blocks = inOrder
      .map(toBlock)
      .map((block) => occupy({ block, table, parties, nowMs }))
      .map(
        (block): Block =>
          isClosed && block.kind === 'FREE' ? { ...block, kind: 'CLOSED' } : block,
      )
    const seatedId = table.seatedReservationId
    const merged = mergeBlocks(blocks)
    return { table, blocks: isToday ? reachNow({ blocks: merged, seatedId, nowMs }) : merged }
  })
}

type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

/** The block with the nearest start, in the closest row above or below that has one. */
function findAcross({ rows, rowIndex, step }: { rows: GridRow[]; rowIndex: number; step: 1 | -1 }) {
  for (let index = rowIndex + step; rows[index]; index += step) {
    const blocks = rows[index]?.blocks ?? []
    if (blocks.length > 0) return blocks
  }
  return []
}

/** The block an arrow key leads to from the one with this slot; null at the edge. */
export function findNeighbour({
  rows,
  slotId,
  key,
}: {
  rows: GridRow[]
  slotId: string
  key: Direction
}): Block | null {
  const rowIndex = rows.findIndex(({ blocks }) =>
    blocks.some((block) => block.slotIds.includes(slotId)),
  )
  const blocks = rows[rowIndex]?.blocks ?? []
  const index = blocks.findIndex((block) => block.slotIds.includes(slotId))
  const from = blocks[index]
  if (!from) return null
  if (key === 'Home') return blocks[0] ?? null
  if (key === 'End') return blocks.at(-1) ?? null
  if (key === 'ArrowLeft') return blocks[index - 1] ?? null
  if (key === 'ArrowRight') return blocks[index + 1] ?? null
  const across = findAcross({ rows, rowIndex, step: key === 'ArrowDown' ? 1 : -1 })
  const distanceTo = (block: Block) =>
    Math.abs(Date.parse(block.startsAt) - Date.parse(from.startsAt))
  return across.toSorted((a, b) => distanceTo(a) - distanceTo(b))[0] ?? null
}

/**
 * The kind of a cell. GONE: over, and a party sat there. OVER: over and unused. Neither can be
 * taken any more. CLOSED: free, on a day off. KEPT: about to begin and not booked, but a party still sits past its time.
 */
export type BlockKind = 'FREE' | 'CLOSED' | 'HELD' | 'TAKEN' | 'BLOCKED' | 'GONE' | 'OVER' | 'KEPT'

/** One slot, or one party's neighbouring slots at one table. */
export type Block = {
  kind: BlockKind
  tableNumber: number
  slotIds: string[]
  minParty: number
  maxParty: number
  startsAt: string
  endsAt: string
  /** Null: no party is or was there, or one that has booked another date sits there. */
  party: DayParty | null
}

export type GridRow = { table: DayTable; blocks: Block[] }
