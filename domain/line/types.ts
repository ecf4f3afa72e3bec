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

/** What was asked of a ticket, as the audit log and the undo button name it. */
export const ticketActs = ['POSTPONE', 'CALL', 'LAST_CALL', 'SEAT', 'CANCEL', 'PUT_BACK'] as const
export type TicketAct = (typeof ticketActs)[number]

/** At a table, or taken along. */
export type Dining = 'IN_STORE' | 'TAKEOUT'

export type LineState = 'OPEN' | 'PAUSED' | 'CLOSED'

/** Who moves a ticket; the service itself writes down what time has decided. */
export type TicketActor = 'DINER' | 'OWNER' | 'ADMIN'

/**
 * Who asks about a ticket: whoever holds its link, or an account, whose rights are read from the
 * database. `address` is the network address the platform vouches for, or null.
 */
export type TicketAsker = { accountId: string | null; address: string | null }

/** The wait as a range that should hold four times out of five. */
export type Quote = { fromMinutes: number; toMinutes: number }

/** The answer to joining. `place` is null when the ticket is over. */
export type TakenTicket = {
  id: string
  number: number
  place: number | null
  status: TicketStatus
  serviceDate: string
  partySize: number
  /** Null: there is no history to tell from. */
  quote: Quote | null
}

/** What became of an act on a ticket. */
export type MovedTicket = {
  id: string
  number: number
  status: TicketStatus
  actId: string
  /**
   * By the database's clock, ISO 8601; after it the act can't be taken back. Null: it can't at all.
   */
  undoUntil: string | null
}

/** A ticket within its line, as the order is decided. */
export type LineEntry = {
  id: string
  number: number
  status: TicketStatus
  postponedBehind: number | null
}

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
export type WaitEstimate = { minutesPerParty: number; shares: (WaitShares | null)[] }

/** What a restaurant's past says at one weekday and hour; read now and then. */
export type WaitHistory = {
  weekday: number
  hour: number
  gaps: HourGaps[]
  /** By class of party. */
  shares: (WaitShares | null)[][]
  record: QuoteRecord | null
}

/**
 * Of the ranges told in the last 30 days whose outcome is known, how many held. Null elsewhere:
 * none.
 */
export type QuoteRecord = { told: number; held: number }
