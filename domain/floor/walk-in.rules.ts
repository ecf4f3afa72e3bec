import type { Day, DaySlot } from './schema'

type Asked = { day: Pick<Day, 'slots'>; chosenIds: string[]; nowMs: number }

/** Free and not over: the server would accept it. */
export function isOpenToWalkIn({ slot, nowMs }: { slot: DaySlot; nowMs: number }): boolean {
  return slot.state === 'FREE' && Date.parse(slot.endsAt) > nowMs
}

type Stretch = { startMs: number; endMs: number }

function toStretch(slot: DaySlot): Stretch {
  return { startMs: Date.parse(slot.startsAt), endMs: Date.parse(slot.endsAt) }
}

/**
 * When the party will sit: the chosen slots' time, else now, else the next time with a free slot.
 */
function findStretch({
  open,
  chosen,
  nowMs,
}: {
  open: DaySlot[]
  chosen: DaySlot[]
  nowMs: number
}) {
  if (chosen.length > 0)
    return {
      startMs: Math.min(...chosen.map((slot) => toStretch(slot).startMs)),
      endMs: Math.max(...chosen.map((slot) => toStretch(slot).endMs)),
    }
  const firstMs = Math.min(...open.map((slot) => toStretch(slot).startMs))
  const fromMs = Math.max(nowMs, firstMs)
  return { startMs: fromMs, endMs: fromMs + 1 }
}

function follows({ slot, chosen, slots }: { slot: DaySlot; chosen: DaySlot[]; slots: DaySlot[] }) {
  return chosen.some((before) => {
    if (before.tableNumber !== slot.tableNumber || before.endsAt > slot.startsAt) return false
    return !slots.some(
      (between) =>
        between.tableNumber === slot.tableNumber &&
        between.startsAt >= before.endsAt &&
        between.endsAt <= slot.startsAt,
    )
  })
}

/**
 * The slots to offer a walk-in beside those already chosen: other tables at that time, and the same
 * table for longer. By table, then by time. Chosen slots taken meanwhile are left out.
 */
export function listWalkInChoices({ day, chosenIds, nowMs }: Asked): DaySlot[] {
  const open = day.slots.filter((slot) => isOpenToWalkIn({ slot, nowMs }))
  const chosen = open.filter((slot) => chosenIds.includes(slot.slotId))
  const { startMs, endMs } = findStretch({ open, chosen, nowMs })
  return open
    .filter((slot) => {
      const stretch = toStretch(slot)
      const overlaps = stretch.startMs < endMs && startMs < stretch.endMs
      return overlaps || follows({ slot, chosen, slots: day.slots })
    })
    .toSorted((a, b) => a.tableNumber - b.tableNumber || a.startsAt.localeCompare(b.startsAt))
}

/** How many guests can sit: each chosen table counts once, however long the party stays. */
export function countSeats(slots: DaySlot[]): number {
  const tables = new Map(slots.map((slot) => [slot.tableNumber, slot.maxParty]))
  return [...tables.values()].reduce((sum, seats) => sum + seats, 0)
}

/** When the next booking of the same table begins after a slot. Null: none that day. */
export function findNextParty({
  day,
  slot,
}: {
  day: Pick<Day, 'slots'>
  slot: DaySlot
}): string | null {
  const taken = day.slots
    .filter(({ tableNumber }) => tableNumber === slot.tableNumber)
    .filter(({ state }) => state === 'TAKEN' || state === 'HELD')
    .map(({ startsAt }) => startsAt)
    .filter((startsAt) => startsAt >= slot.endsAt)
  return taken.toSorted()[0] ?? null
}
