import type { Expectation, HotDate, RequestPlan } from './generator/plan'
import { listSeats, SEATS_PER_DATE } from './restaurants'

const BOOKING = '/api/v1/reservations'
const REDIS_LOCK = '/api/bench/redis-lock'
/** How many service dates a crowd is spread over, unless all want the same one. */
const SPREAD_DATES = 40

export interface LoadKind {
  /** Its name in tables. */
  title: string
  path: string
  asks:
    | ('echo' | 'page' | 'board' | 'line' | 'day' | 'tickets-of-one-line')
    | ('entries-of-one-opening' | 'turns-of-one-opening')
    | ('seats-of-one-date' | 'seats-of-many-dates' | 'sold-out-seats')
  expected: Expectation
  processes: 1 | 2
  /**
   * At a fixed rate instead of a saturating one. Loads with this share one rate, which the slowest
   * of the named loads can bear.
   */
  withinCapacityOf?: 'hot' | 'redisLock'
  isRedisHung?: boolean
  /** Asked as a browser asks. */
  isCompressed?: boolean
}

const books = { expected: { status: 201 }, processes: 1 } as const
const hot = { ...books, path: BOOKING, asks: 'seats-of-one-date' } as const
const locked = { ...hot, path: REDIS_LOCK } as const
const reads = { expected: { status: 200 }, processes: 1 } as const

/** All loads, in the order in which a round runs them: compared loads stand side by side. */
export const LOADS = {
  redisLock: { ...locked, title: 'B2: booking under a lock in Redis, one hot date' },
  hot: { ...hot, title: 'booking, one hot date' },
  echo: { ...reads, title: 'B0: handler that reads JSON', path: '/api/bench/echo', asks: 'echo' },
  ticket: {
    ...books,
    title: 'ticket taken, one hot line',
    path: '/api/v1/restaurants',
    asks: 'tickets-of-one-line',
  },
  soldOut: {
    ...hot,
    title: 'refusal because sold out',
    asks: 'sold-out-seats',
    expected: { status: 409, reason: 'sold-out' },
  },
  spread: { ...hot, title: 'booking, forty spread dates', asks: 'seats-of-many-dates' },
  hotTwice: { ...hot, title: 'booking, one hot date, two processes', processes: 2 },
  staticPage: { ...reads, title: 'B1: static page', path: '/api/bench/static-page', asks: 'page' },
  board: { ...reads, title: 'board read', path: '/api/v1/restaurants', asks: 'board' },
  line: { ...reads, title: 'line read', path: '/api/v1/restaurants', asks: 'line' },
  boardCompressed: {
    ...reads,
    title: 'board read, compressed',
    path: '/api/v1/restaurants',
    asks: 'board',
    isCompressed: true,
  },
  lineCompressed: {
    ...reads,
    title: 'line read, compressed',
    path: '/api/v1/restaurants',
    asks: 'line',
    isCompressed: true,
  },
  day: {
    title: 'staff’s day poll, nothing new',
    path: '/api/v1/restaurants',
    asks: 'day',
    expected: { status: 304 },
    processes: 1,
  },
  entry: {
    ...books,
    title: 'entry to an opening',
    path: '/api/v1/openings',
    asks: 'entries-of-one-opening',
  },
  turn: { ...books, title: 'turn', path: '/api/v1/openings', asks: 'turns-of-one-opening' },
  boardTwice: {
    ...reads,
    title: 'board read, two processes',
    path: '/api/v1/restaurants',
    asks: 'board',
    processes: 2,
  },
  redisLockAtRate: { ...locked, title: 'B2 at the fixed rate', withinCapacityOf: 'redisLock' },
  hotAtRate: { ...hot, title: 'booking at the fixed rate', withinCapacityOf: 'hot' },
  hungAtRate: {
    ...hot,
    title: 'booking at the fixed rate, Redis hung',
    withinCapacityOf: 'hot',
    isRedisHung: true,
  },
} as const satisfies Record<string, LoadKind>

export type LoadName = keyof typeof LOADS
export const LOAD_NAMES = Object.keys(LOADS).filter((name): name is LoadName => name in LOADS)

export function findLoad(name: LoadName): LoadKind {
  return LOADS[name]
}

/** How many unsold dates a load of that many requests uses up. */
export function countDates({ kind, requests }: { kind: LoadKind; requests: number }): number {
  const dates = Math.ceil(requests / SEATS_PER_DATE)
  if (kind.asks === 'seats-of-one-date') return dates
  // A line takes every diner once, as an opening does, which brings its own restaurant.
  if (kind.asks === 'tickets-of-one-line') return 1
  return kind.asks === 'seats-of-many-dates' ? Math.max(SPREAD_DATES, dates) : 0
}

export interface Supply {
  /** Unsold, for this load alone. */
  dates: HotDate[]
  /** Sold out to the last seat. */
  soldOut: HotDate
  /** Never sold from: what the board shows. */
  unsold: HotDate
  /** What the staff of the sold-out restaurant last saw of its day, and the opening of this load. */
  day: { token: string; etag: string }
  opening: { id: string; holders: { token: string; receipt: string }[] }
}

const BROWSER_ENCODINGS = { 'accept-encoding': 'gzip, deflate, br, zstd' }

export function planRequests({ kind, supply }: { kind: LoadKind; supply: Supply }): RequestPlan {
  const { path, asks, isCompressed } = kind
  const { dates, soldOut, unsold, day, opening } = supply
  const headers: Record<string, string> = isCompressed ? BROWSER_ENCODINGS : {}
  const again = (date: HotDate) => ({
    kind: 'ask-again' as const,
    path,
    date,
    seats: listSeats(date),
  })
  switch (asks) {
    case 'echo':
      return again(unsold)
    case 'sold-out-seats':
      return again(soldOut)
    case 'page':
      return { kind: 'read', path }
    case 'board':
      return {
        kind: 'read',
        path: `${path}/${unsold.restaurantId}/board?date=${unsold.serviceDate}`,
        headers,
      }
    case 'line':
      return { kind: 'read', path: `${path}/${unsold.restaurantId}/line`, headers }
    case 'day':
      return {
        kind: 'read',
        path: `${path}/${soldOut.restaurantId}/day?date=${soldOut.serviceDate}`,
        headers: { authorization: `Bearer ${day.token}`, 'if-none-match': day.etag },
      }
    case 'entries-of-one-opening':
      return { kind: 'enter', path: `${path}/${opening.id}/entries` }
    case 'turns-of-one-opening':
      return { kind: 'take-turns', path: `${path}/${opening.id}/turn`, holders: opening.holders }
    case 'tickets-of-one-line':
      return { kind: 'join', path: `${path}/${dates[0]?.restaurantId}/tickets` }
    case 'seats-of-one-date':
      return { kind: 'book', path, order: 'date-by-date', dates, seats: listSeats(unsold) }
    case 'seats-of-many-dates':
      return { kind: 'book', path, order: 'spread', dates, seats: listSeats(unsold) }
  }
}
