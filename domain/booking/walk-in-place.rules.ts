import { type Result, refuse, succeed } from '@/lib/problems/result'

const MINUTE_MS = 60_000

/** A table that is free for less is not worth sitting down at. */
export const LEAST_SITTING_MINUTES = 10

/** The minute that is running: a party that sits down now has its table from then on. */
export const beginMinute = (at: Date) => new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS)

/** What is booked or blocked at one of the tables in the time that a party would sit there. */
export type Taken = { tableNumber: number; startsAt: Date }

export type SittingRefusal = 'slot-taken' | 'next-party-soon'

/**
 * Until when a party that sits down now has its tables: for the time asked for, or else as long as it
 * usually would, or until the next booking of any of them. Refuses `slot-taken` with the `tableNumbers`
 * of which the time has begun that another party has, and `next-party-soon` with them, when the next
 * begins (`nextAt`) and how many `minutes` are left, where that is less than was asked for, or hardly
 * worth it.
 */
export function judgeSitting({
  taken,
  startsAt,
  endsAt,
  isExact,
  now,
}: {
  taken: Taken[]
  startsAt: Date
  endsAt: Date
  /** Staff named the length; without it the party has what is left. */
  isExact: boolean
  now: Date
}): Result<Date, SittingRefusal> {
  const begun = taken.filter((slot) => slot.startsAt <= startsAt || slot.startsAt <= now)
  if (begun.length > 0) return refuse('slot-taken', { tableNumbers: numbersOf(begun) })
  const [next] = taken.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  if (!next) return succeed(endsAt)
  const minutes = Math.floor((next.startsAt.getTime() - now.getTime()) / MINUTE_MS)
  if (!isExact && minutes >= LEAST_SITTING_MINUTES) return succeed(next.startsAt)
  const soonest = taken.filter((slot) => slot.startsAt.getTime() === next.startsAt.getTime())
  return refuse('next-party-soon', {
    tableNumbers: numbersOf(soonest),
    nextAt: next.startsAt.toISOString(),
    minutes,
  })
}

const numbersOf = (taken: Taken[]) =>
  [...new Set(taken.map(({ tableNumber }) => tableNumber))].toSorted((a, b) => a - b)
