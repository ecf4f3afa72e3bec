import type { ActorKind } from '@/domain/booking/types'

export const ticketStatuses = [
  'WAITING',
  'POSTPONED',
  'CALLED',
  'LAST_CALLED',
  'SEATED',
  'CANCELLED',
  'LAPSED',
] as const
export type TicketStatus = (typeof ticketStatuses)[number]

/** The acts on a ticket, as the audit log and the undo button name them. */
export const ticketActs = ['POSTPONE', 'CALL', 'LAST_CALL', 'SEAT', 'CANCEL', 'PUT_BACK'] as const
export type TicketAct = (typeof ticketActs)[number]

/** At a table, or to take away. */
export type Dining = 'IN_STORE' | 'TAKEOUT'

export type LineState = 'OPEN' | 'PAUSED' | 'CLOSED'

/** The actor who moves a ticket, staff in their role; the service itself records what time has decided. */
export type TicketActor = ActorKind

/**
 * The asker about a ticket: its link's holder, or an account, whose rights are read from the
 * database. `address` is the network address the platform vouches for, or null.
 */
export type TicketAsker = { accountId: string | null; address: string | null }

/** The wait as a range that should hold four times out of five. */
export type Quote = { fromMinutes: number; toMinutes: number }

/** A ticket in its line, with the fields that decide the order. */
export type LineEntry = {
  id: string
  number: number
  status: TicketStatus
  postponedBehind: number | null
}

/** Minutes between calls while a party was waiting, and how many calls ended them. */
export type CallGaps = { minutes: number; calls: number }

/** The same for past evenings, by the restaurant's own weekday (Monday is 1) and hour. */
export type HourGaps = CallGaps & { weekday: number; hour: number }

/** When and for which party a wait begins; past waits are compared by it. */
export type WaitOccasion = {
  /** Parties ahead in line that have not been called. */
  ahead: number
  partySize: number
  /** By the restaurant's clock; Monday is 1. */
  weekday: number
  hour: number
}

/** One wait that is over, or one still going on as far as it has come. */
export type PastWait = WaitOccasion & {
  /**
   * The minutes expected when the ticket was taken; the actual wait's share of it predicts future
   * waits.
   */
  basisMinutes: number
  waitedMinutes: number
  /**
   * Not called, because the party left or is still waiting: its full wait would be at least this
   * long.
   */
  isCensored: boolean
  serviceDate: string
  daysAgo: number
}

/** The shares of the expected wait between which four waits out of five lie. */
export type WaitShares = { low: number; high: number }

/**
 * Quotes for every place of a line at one instant, for one party size; `shares` by the class of how
 * many are ahead. A null share: there is not enough history.
 */
export type WaitEstimate = { minutesPerParty: number; shares: (WaitShares | null)[] }

/** What a restaurant's past says about one weekday and hour; refreshed now and then. */
export type WaitHistory = {
  weekday: number
  hour: number
  gaps: HourGaps[]
  /** By party class. */
  shares: (WaitShares | null)[][]
  record: QuoteRecord | null
}

/**
 * Of the ranges quoted in the last 30 days whose outcome is known, how many held. Elsewhere null
 * stands for none.
 */
export type QuoteRecord = { told: number; held: number }
