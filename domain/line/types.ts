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

/** What was asked of a ticket, as the audit trail and the undo button name it. */
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
  /** By the database's clock, ISO 8601; after it the act can't be taken back. Null: it can't at all. */
  undoUntil: string | null
}

/** A ticket within its line, as the order is decided. */
export type LineEntry = {
  id: string
  number: number
  status: TicketStatus
  postponedBehind: number | null
}
