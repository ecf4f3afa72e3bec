import type { Board, BoardSlot, BoardTime } from './board.schema'

/** Long enough to read, write a note and tap; afterwards a closed phone frees the table. */
export const SOFT_HOLD_MS = 3 * 60_000

/** Free in the database, softly held or not. */
const isOpenToAll = (slot: BoardSlot) => slot.state === 'FREE' || slot.isSoftHeld === true

/**
 * The slots booking would try for this party, in order: those of the smallest table class with any
 * free, and among them the table with the largest minimum party first. The SQL function
 * `place_reservation` uses the same order.
 */
export function listBestFits({
  board,
  startsAt,
  partySize,
}: {
  board: Board
  startsAt: string
  partySize: number
}): string[] {
  if (board.state !== 'OPEN') return []
  const asked = Date.parse(startsAt)
  const time = board.times.find((candidate) => Date.parse(candidate.startsAt) === asked)
  const fitting = (time?.slots ?? []).filter(
    (slot) => isOpenToAll(slot) && slot.minParty <= partySize && partySize <= slot.maxParty,
  )
  const smallest = Math.min(...fitting.map((slot) => slot.maxParty))
  return fitting
    .filter((slot) => slot.maxParty === smallest)
    .sort((one, other) => other.minParty - one.minParty || one.tableNumber - other.tableNumber)
    .map((slot) => slot.slotId)
}

/** The times as all diners see them: a free slot that a diner is confirming reads as held. */
export function showSoftHolds({
  times,
  heldSlotIds,
}: {
  times: BoardTime[]
  heldSlotIds: ReadonlySet<string>
}): BoardTime[] {
  if (heldSlotIds.size === 0) return times
  return times.map(({ startsAt, slots }) => ({
    startsAt,
    slots: slots.map((slot) =>
      slot.state === 'FREE' && heldSlotIds.has(slot.slotId)
        ? { ...slot, state: 'HELD', isSoftHeld: true }
        : slot,
    ),
  }))
}

/** The board as the holder sees it: their own softly held slot is free to them. */
export function hideOwnSoftHold({
  board,
  ownSlotId,
}: {
  board: Board
  ownSlotId: string | null
}): Board {
  if (ownSlotId === null) return board
  const times = board.times.map(({ startsAt, slots }) => ({
    startsAt,
    slots: slots.map((slot) => {
      if (slot.slotId !== ownSlotId || !slot.isSoftHeld) return slot
      const { isSoftHeld, ...free } = slot
      return { ...free, state: 'FREE' as const }
    }),
  }))
  return { ...board, times }
}
