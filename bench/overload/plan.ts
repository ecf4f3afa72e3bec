import type { HotDate, Pace, Seat } from '../generator/plan'

/** The generator's order: bookings of dates' seats, asked at a pace for a while. */
export interface OverloadPlan {
  origin: string
  /** Unsold. Together they have more seats than can be sold meanwhile. */
  dates: HotDate[]
  seats: Seat[]
  pace: Pace
  settleMs: number
  measureMs: number
}

export interface OverloadReport {
  askedPerSecond: number
  /** Bookings that were won, by when they were answered. */
  wonPerSecond: number
  /** 503 with `Retry-After`. */
  refusedPerSecond: number
  /** Any other answer, by its status. */
  others: Record<string, number>
  /** Each from the instant at which it should have been asked. */
  wonMs: Latency
  refusedMs: Latency
  /** How late the generator asked at worst. */
  lateMs: number
  /** The generator's own share of one processor. */
  generatorShare: number
  /** Seats ran out before the time was over. */
  isCutShort: boolean
}

export interface Latency {
  p50: number
  p99: number
}

/** One diner and one seat: asked again, with the same key, until it is sold. */
export interface Wish {
  token: string
  key: string
  body: string
}

/**
 * Every seat once, date by date. A diner who comes round again wants another time than before, since
 * nobody sits at two tables at once.
 */
export function makeWishes({
  dates,
  seats,
  tokens,
  firstKey,
}: Pick<OverloadPlan, 'dates' | 'seats'> & { tokens: string[]; firstKey: number }): Wish[] {
  return dates.flatMap((date, dateIndex) =>
    seats.map((seat, seatIndex) => {
      const index = dateIndex * seats.length + seatIndex
      const round = Math.floor(index / tokens.length)
      return {
        token: tokens[(index + round) % tokens.length] ?? '',
        key: `overload-${firstKey + index}`,
        body: JSON.stringify({ ...date, ...seat }),
      }
    }),
  )
}
