import type { Board, BoardSlot, BoardTime } from './board.schema'

/** Long enough to read, write a note and tap; a closed phone gives the table back after it. */
export const SOFT_HOLD_MS = 3 * 60_000

/** Free in the database, whether or not somebody is trying for it. */
const isOpenToAll = (slot: BoardSlot) => slot.state === 'FREE' || slot.isSoftHeld === true

/**
 * The slots that booking would try for this party, in its order: of the smallest class of table of
 * which any is free, the one made for the largest smallest party first. The same order as in the
 * SQL function `place_reservation`.
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

/** The times as everybody sees them: a free slot that somebody is confirming reads as held. */
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

/** The board as the holder sees it: what they hold softly themselves is free to them. */
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
