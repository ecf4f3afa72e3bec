import type { BoardSlot, BoardTime } from './board.schema'

/**
 * What a time offers a party of a given size. `tried`: other diners are confirming every table
 * left, and the first to book gets it. `held`: every table left is booked and awaits confirmation.
 * `misfit`: no table at that time seats so many, or so few.
 */
export type OfferState = 'free' | 'tried' | 'held' | 'full' | 'misfit'
export type Offer = { startsAt: string; state: OfferState; freeTables: number }

function offerTime({ time, partySize }: { time: BoardTime; partySize: number }): Offer {
  const fitting = time.slots.filter(
    (slot) => slot.minParty <= partySize && partySize <= slot.maxParty,
  )
  const freeTables = fitting.filter((slot) => slot.state === 'FREE').length
  return { startsAt: time.startsAt, state: judge({ fitting, freeTables }), freeTables }
}

function judge({ fitting, freeTables }: { fitting: BoardSlot[]; freeTables: number }): OfferState {
  if (fitting.length === 0) return 'misfit'
  if (freeTables > 0) return 'free'
  if (fitting.some((slot) => slot.isSoftHeld)) return 'tried'
  return fitting.some((slot) => slot.state === 'HELD') ? 'held' : 'full'
}

/** Whether the time can be booked at this moment, as far as the board knows. */
export function canBeBooked({ state }: Pick<Offer, 'state'>): boolean {
  return state === 'free' || state === 'tried'
}

/** A service date's board from one party's point of view, in the board's order. */
export function offerTimes({
  times,
  partySize,
}: {
  times: readonly BoardTime[]
  partySize: number
}): Offer[] {
  return times.map((time) => offerTime({ time, partySize }))
}

const MOST_SUGGESTIONS = 3

/** Up to three free times nearest to the one that is gone, earliest first. */
export function suggestTimes({
  times,
  partySize,
  instead,
}: {
  times: readonly BoardTime[]
  partySize: number
  /** The instant the diner wanted; it is never suggested. */
  instead: string
}): string[] {
  const wantedMs = Date.parse(instead)
  const distance = (startsAt: string) => Math.abs(Date.parse(startsAt) - wantedMs)
  return offerTimes({ times, partySize })
    .filter((offer) => offer.state === 'free' && Date.parse(offer.startsAt) !== wantedMs)
    .map((offer) => offer.startsAt)
    .sort((one, other) => distance(one) - distance(other))
    .slice(0, MOST_SUGGESTIONS)
    .sort()
}

const DAY_MS = 86_400_000

/**
 * The service dates a diner can choose, starting with the restaurant's today. Calendar days without
 * a zone, counted in UTC, where every day has the same length.
 */
export function listBookableDates({
  today,
  horizonDays,
  sameDayOnly,
}: {
  today: string
  horizonDays: number
  sameDayOnly: boolean
}): string[] {
  const firstMs = Date.parse(`${today}T00:00:00Z`)
  const count = sameDayOnly ? 1 : horizonDays + 1
  return Array.from({ length: count }, (_, index) =>
    new Date(firstMs + index * DAY_MS).toISOString().slice(0, 10),
  )
}
