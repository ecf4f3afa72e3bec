/** Minutes that passed between calls while somebody waited, and how many calls ended them. */
export type CallGaps = { minutes: number; calls: number }

/** The same of past evenings, by the restaurant's own weekday (Monday is 1) and hour. */
export type HourGaps = CallGaps & { weekday: number; hour: number }

/** When and for whom a wait begins: what the past is compared with. */
export type WaitOccasion = {
  /** Parties in line in front that nobody has called yet. */
  ahead: number
  partySize: number
  /** By the restaurant's clock; Monday is 1. */
  weekday: number
  hour: number
}

/** One wait that is over, or as far as it is known. */
export type PastWait = WaitOccasion & {
  /** What was expected when the ticket was taken: its share is what the future is told by. */
  basisMinutes: number
  waitedMinutes: number
  /** They left before they were called: they would have waited at least so long. */
  isCensored: boolean
  serviceDate: string
  daysAgo: number
}

/** Parts of what is expected, between which four waits out of five lie. */
export type WaitShares = { low: number; high: number }

/**
 * Quotes for every place of a line at one instant, for one size of party; `shares` by the class of
 * how many are ahead. A null share: there is not enough history to tell.
 */
export type WaitTariff = { minutesPerParty: number; shares: (WaitShares | null)[] }

/** What a restaurant's past says at one weekday and hour; read now and then. */
export type WaitHistory = {
  weekday: number
  hour: number
  gaps: HourGaps[]
  /** By class of party. */
  shares: (WaitShares | null)[][]
  record: QuoteRecord | null
}

/** Of the ranges told in the last 30 days whose outcome is known, how many held. Null elsewhere: none. */
export type QuoteRecord = { told: number; held: number }
