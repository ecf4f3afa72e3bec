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

/** A booking made during the gate by somebody who had a turn; both in milliseconds since the draw. */
export type PlottedBooking = {
  slot: string
  entry: string
  turnMs: number
  bookedMs: number
  /** Made before its turn had been given. There must be none. */
  isEarly: boolean
}

/** The bookings whose entry has a turn, as dots of a picture, in the order of the log. */
export function plotBookings({
  turns,
  bookings,
  drawnAt,
  gateUntil,
}: {
  turns: GivenTurn[]
  bookings: SlotTaken[]
  drawnAt: string
  gateUntil: string
}): PlottedBooking[] {
  const [drawnMs, untilMs] = [Date.parse(drawnAt), Date.parse(gateUntil)]
  const turnByEntry = new Map(turns.map((turn) => [turn.entry, turn]))
  return bookings.flatMap(({ entry, slot, bookedAt }) => {
    const turn = entry === null ? undefined : turnByEntry.get(entry)
    const bookedMs = Date.parse(bookedAt)
    // Before the draw nobody had a turn: such a booking was made before the announcement.
    if (!turn || bookedMs < drawnMs || bookedMs >= untilMs) return []
    const { givenAt, dueAt } = turn
    return {
      slot,
      entry: turn.entry,
      turnMs: Date.parse(dueAt ?? givenAt) - drawnMs,
      bookedMs: bookedMs - drawnMs,
      isEarly: bookedMs < Date.parse(givenAt) - ROUNDING_MS,
    }
  })
}
