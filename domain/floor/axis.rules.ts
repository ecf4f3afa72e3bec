import type { Block, GridRow } from './grid.rules'
import type { DaySlot } from './schema'

const MINUTE_MS = 60_000
/** However short a seating of the plan is, the axis is no finer than for stays of this length. */
const FINEST_MINUTES = 30
/** The axis of a date whose plan is gone. */
const UNPLANNED_MINUTES = 60
/** A longer pause, such as the one between lunch and dinner, is drawn as if it lasted this long. */
const LONGEST_GAP_MINUTES = 30

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

type AxisSlot = Pick<DaySlot, 'startsAt' | 'endsAt' | 'offPlan'>

/** In per cent of the axis. */
export type Placed = { left: number; width: number }

type Stretch = { startMs: number; endMs: number; offset: number; length: number }

/** Maps instants to places on an axis, in minutes; long hours without a slot are shortened. */
export type TimeScale = {
  stretches: Stretch[]
  total: number
  /** A stay of this length has room for a name and a party size. */
  namedMinutes: number
}
