import type { Day, DayParty, DaySlot, DayTable } from './schema'

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

/** A party that sits before or past its own time, or on another date than its own, has the table all the same. */
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
  const isNow = Date.parse(block.startsAt) <= nowMs && nowMs < Date.parse(block.endsAt)
  return seatedReservationId !== null && isNow && block.kind === 'FREE'
    ? { ...block, kind: 'TAKEN', party: parties.get(seatedReservationId) ?? null }
    : block
}

function continues(block: Block | undefined, next: Block): block is Block {
  return (
    block?.party != null &&
    block.kind === next.kind &&
    block.party.reservationId === next.party?.reservationId
  )
}

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
}: {
  day: Pick<Day, 'tables' | 'slots' | 'parties'>
  nowMs: number
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
    const blocks = inOrder.map(toBlock).map((block) => occupy({ block, table, parties, nowMs }))
    return { table, blocks: mergeBlocks(blocks) }
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
 * taken any more.
 */
export type BlockKind = 'FREE' | 'HELD' | 'TAKEN' | 'BLOCKED' | 'GONE' | 'OVER'

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
