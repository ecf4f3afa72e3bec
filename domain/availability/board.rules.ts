import type { Board, BoardState, BoardTime } from './board.schema'

export type BoardFacts = {
  isBookingsOn: boolean
  isScheduled: boolean
  isPast: boolean
  isBeyondHorizon: boolean
  isSameDayOnly: boolean
  isToday: boolean
  opensAt: Date | null
  now: Date
}

/** What a diner can do with this service date at this instant. */
export function decideBoardState({
  facts,
  times,
}: {
  facts: BoardFacts
  times: BoardTime[]
}): BoardState {
  if (facts.isPast) return 'PAST'
  if (!facts.isScheduled) return 'CLOSED'
  if (!facts.isBookingsOn) return 'BOOKINGS_OFF'
  if (facts.isBeyondHorizon || (facts.isSameDayOnly && !facts.isToday)) return 'NOT_OPEN_YET'
  if (facts.opensAt && facts.opensAt > facts.now) return 'NOT_OPEN_YET'
  if (times.length === 0) return 'PAST'
  const isAnyLeft = times.some(({ slots }) =>
    slots.some(({ state }) => state === 'FREE' || state === 'HELD'),
  )
  return isAnyLeft ? 'OPEN' : 'SOLD_OUT'
}

const NEAR_OPENING_MS = 60_000

/** How long a page waits before its next poll: short while much changes, long while nothing can. */
export function pacePolls({
  state,
  opensAt,
  now,
}: {
  state: BoardState
  opensAt: Date | null
  now: Date
}): number {
  if (state === 'OPEN') return 1_500
  if (state === 'SOLD_OUT') return 3_000
  if (state !== 'NOT_OPEN_YET' || !opensAt) return 30_000
  const leftMs = opensAt.getTime() - now.getTime()
  return leftMs <= NEAR_OPENING_MS ? 2_000 : Math.min(30_000, leftMs / 10)
}

/**
 * The known sold-out times, kept in a process or passed through Redis; they can only refuse a
 * booking.
 */
export type SoldOutHint = {
  asOf: string
  times: { startsAt: string; left: [number, number][]; gone: [number, number][] }[]
}

function partiesOf(time: BoardTime, isWanted: (state: string) => boolean): [number, number][] {
  const ranges = time.slots
    .filter((slot) => isWanted(slot.state))
    .map((slot) => `${slot.minParty} ${slot.maxParty}`)
  return [...new Set(ranges)].map((range) => {
    const [min = 0, max = 0] = range.split(' ').map(Number)
    return [min, max]
  })
}

/**
 * The party sizes that each time still has room for (free, or held and perhaps free soon), and
 * those it has none for.
 */
export function summarise(board: Board): SoldOutHint {
  const times = board.times.map((time) => ({
    startsAt: time.startsAt,
    left: partiesOf(time, (state) => state === 'FREE' || state === 'HELD'),
    gone: partiesOf(time, (state) => state === 'TAKEN' || state === 'BLOCKED'),
  }))
  return { asOf: board.asOf, times }
}

/**
 * True only when tables at this time would fit the party and all of them are gone (G7). A time or
 * party size that no table fits is not "sold out"; Postgres has its own refusal for that.
 */
export function isSoldOut({
  hint,
  startsAt,
  partySize,
}: {
  hint: SoldOutHint
  startsAt: string
  partySize: number
}): boolean {
  const asked = Date.parse(startsAt)
  const time = hint.times.find((candidate) => Date.parse(candidate.startsAt) === asked)
  const fits = ([min, max]: [number, number]) => min <= partySize && partySize <= max
  return time?.gone.some(fits) === true && !time.left.some(fits)
}
