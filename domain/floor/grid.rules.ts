import type { Day, DayParty, DaySlot, DayTable } from './schema'

const MINUTE_MS = 60_000
/** However short a seating of the plan is, the axis is no finer than for stays of this length. */
const FINEST_MINUTES = 30
/** The axis of a date whose plan is gone. */
const UNPLANNED_MINUTES = 60
/** A longer pause, such as the one between lunch and dinner, is drawn as if it lasted this long. */
const LONGEST_GAP_MINUTES = 30

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

/** A party that sits before or past its own time has the table all the same. */
function occupy({
  block,
  seated,
  nowMs,
}: {
  block: Block
  seated: DayParty | undefined
  nowMs: number
}): Block {
  const isNow = Date.parse(block.startsAt) <= nowMs && nowMs < Date.parse(block.endsAt)
  return seated && isNow && block.kind === 'FREE'
    ? { ...block, kind: 'TAKEN', party: seated }
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
    const seated = parties.get(table.seatedReservationId ?? '')
    const blocks = inOrder.map(toBlock).map((block) => occupy({ block, seated, nowMs }))
    return { table, blocks: mergeBlocks(blocks) }
  })
}

/** The times at which any table is offered, merged where they touch or nearly do. */
function uniteTimes(slots: AxisSlot[]): { startMs: number; endMs: number }[] {
  const united: { startMs: number; endMs: number }[] = []
  for (const slot of slots.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const startMs = Date.parse(slot.startsAt)
    const endMs = Date.parse(slot.endsAt)
    const before = united.at(-1)
    if (before && startMs - before.endMs <= LONGEST_GAP_MINUTES * MINUTE_MS)
      before.endMs = Math.max(before.endMs, endMs)
    else united.push({ startMs, endMs })
  }
  return united
}

/**
 * The axis of a day, as fine as its plan needs: a stay off the plan, however short, doesn't stretch the
 * rest. Null when there is no slot.
 */
export function makeTimeScale(slots: AxisSlot[]): TimeScale | null {
  if (slots.length === 0) return null
  const stretches: TimeScale['stretches'] = []
  for (const { startMs, endMs } of uniteTimes(slots)) {
    const before = stretches.at(-1)
    const offset = before ? before.offset + before.length + LONGEST_GAP_MINUTES : 0
    stretches.push({ startMs, endMs, offset, length: (endMs - startMs) / MINUTE_MS })
  }
  const last = stretches.at(-1)
  return {
    stretches,
    total: last ? last.offset + last.length : 0,
    namedMinutes: findNamedMinutes(slots),
  }
}

function findNamedMinutes(slots: AxisSlot[]): number {
  const planned = slots
    .filter(({ offPlan }) => !offPlan)
    .map(({ startsAt, endsAt }) => (Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE_MS)
  return planned.length === 0 ? UNPLANNED_MINUTES : Math.max(FINEST_MINUTES, Math.min(...planned))
}

/** A stay of the scale's `namedMinutes` is this wide, to fit a name and a party size. */
const NAMED_PX = 128
/** A finger finds a shorter one too. */
const TAPPED_PX = 44

/** How wide the axis has to be, in pixels. */
export function measureAxis({ scale, rows }: { scale: TimeScale; rows: GridRow[] }): number {
  const most = Math.max(0, ...rows.map(({ blocks }) => blocks.length))
  const { total, namedMinutes } = scale
  return Math.max(Math.round((total * NAMED_PX) / namedMinutes), most * TAPPED_PX)
}

/**
 * The places of a row's blocks on the axis, in per cent: at their times, but each wide enough for a finger.
 * What a short one lacks, it takes from what follows, and at the end of the axis from what goes before.
 */
export function placeBlocks({
  blocks,
  scale,
  axisPx,
}: {
  blocks: Pick<Block, 'startsAt' | 'endsAt'>[]
  scale: TimeScale
  /** As the axis was measured; it may be drawn wider. */
  axisPx: number
}): Placed[] {
  const least = (TAPPED_PX / axisPx) * 100
  let from = 0
  const wide = blocks.map(({ startsAt, endsAt }) => {
    const left = Math.max(from, placeInstant({ scale, atMs: Date.parse(startsAt) }) ?? 0)
    const right = placeInstant({ scale, atMs: Date.parse(endsAt) }) ?? 100
    from = Math.max(right, left + least)
    return { left, right: from }
  })
  let until = 100
  return wide
    .toReversed()
    .map((block) => {
      const right = Math.min(block.right, until)
      until = Math.min(block.left, right - least)
      return { left: until, width: right - until }
    })
    .toReversed()
}

/**
 * An instant's position on the axis, in per cent; null before the first and after the last. It
 * moves faster within a shortened pause.
 */
export function placeInstant({ scale, atMs }: { scale: TimeScale; atMs: number }): number | null {
  const { stretches, total } = scale
  const index = stretches.findIndex((stretch) => atMs <= stretch.endMs)
  const stretch = stretches[index]
  if (!stretch) return null
  if (atMs >= stretch.startMs)
    return ((stretch.offset + (atMs - stretch.startMs) / MINUTE_MS) / total) * 100
  const before = stretches[index - 1]
  if (!before) return null
  const share = (atMs - before.endMs) / (stretch.startMs - before.endMs)
  return ((before.offset + before.length + share * LONGEST_GAP_MINUTES) / total) * 100
}

/** Full hours say the most on an axis, then half hours, then quarters. */
const rounds = [60, 30, 15, 1]

/**
 * The start times to label above the grid, at least `apart` per cent of the axis from each other.
 * Where there is no room for all of them, the rounder ones stay.
 */
export function listTicks({
  scale,
  slots,
  apart,
  readMinute,
}: {
  scale: TimeScale
  slots: Pick<DaySlot, 'startsAt'>[]
  apart: number
  /** The minute of the hour in the restaurant's zone. */
  readMinute: (at: string) => number
}): string[] {
  const starts = [...new Set(slots.map((slot) => slot.startsAt))].sort().map((startsAt) => ({
    startsAt,
    place: placeInstant({ scale, atMs: Date.parse(startsAt) }) ?? 0,
    rank: rounds.findIndex((minutes) => readMinute(startsAt) % minutes === 0),
  }))
  const kept: typeof starts = []
  for (const start of starts.toSorted((a, b) => a.rank - b.rank || a.place - b.place))
    if (kept.every(({ place }) => Math.abs(place - start.place) >= apart)) kept.push(start)
  return kept.toSorted((a, b) => a.place - b.place).map(({ startsAt }) => startsAt)
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
  /** Null: no party is or was there. */
  party: DayParty | null
}

export type GridRow = { table: DayTable; blocks: Block[] }

type Stretch = { startMs: number; endMs: number; offset: number; length: number }

type AxisSlot = Pick<DaySlot, 'startsAt' | 'endsAt' | 'offPlan'>

/** In per cent of the axis. */
export type Placed = { left: number; width: number }

/** Maps instants to places on an axis, in minutes; long hours without a slot are shortened. */
export type TimeScale = {
  stretches: Stretch[]
  total: number
  /** A stay of this length has room for a name and a party size. */
  namedMinutes: number
}
