import type { GivenTurn, SlotTaken } from './schema'

/** Instants are kept in milliseconds, so two of them may be off by one. */
const ROUNDING_MS = 1

/**
 * The booking made with a turn, the latest one if a first was cancelled. What the same entry booked
 * before the turn, or once the gate had ended, is none of it. Undefined: there is none.
 */
export function findBookingOfTurn({
  turn,
  bookings,
  gateUntil,
}: {
  turn: Pick<GivenTurn, 'entry' | 'givenAt'>
  bookings: SlotTaken[]
  gateUntil: string
}): SlotTaken | undefined {
  const fromMs = Date.parse(turn.givenAt) - ROUNDING_MS
  const untilMs = Date.parse(gateUntil)
  return bookings.findLast(({ entry, bookedAt }) => {
    const bookedMs = Date.parse(bookedAt)
    return entry === turn.entry && bookedMs >= fromMs && bookedMs < untilMs
  })
}
