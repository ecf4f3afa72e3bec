import { decideMove, isActive } from './rules'
import type { TicketAct, TicketStatus } from './types'
import type { StaffTicketAct, Waiting, WaitingTicket } from './waiting.types'

const MINUTE_MS = 60_000

/** What can be done with a party now, the likeliest first, what takes something away last. */
export function listStaffActs(status: TicketStatus): StaffTicketAct[] {
  const order: StaffTicketAct[] =
    status === 'WAITING' || status === 'POSTPONED'
      ? ['CALL', 'SEAT', 'LAST_CALL', 'CANCEL']
      : ['SEAT', 'PUT_BACK', 'LAST_CALL', 'CALL', 'CANCEL']
  return order.filter((act) => decideMove({ status, act, by: 'OWNER' }).ok)
}

/** The status a party will have when what waits for it is done. */
export function projectStatus({
  status,
  acts,
}: {
  status: TicketStatus
  acts: TicketAct[]
}): TicketStatus {
  return acts.reduce((before, act) => {
    const decided = decideMove({ status: before, act, by: 'OWNER' })
    return decided.ok ? decided.value : before
  }, status)
}

/**
 * The line with one party's new status, until the next reading brings the truth. Whoever is over
 * goes; a last call has its deadline from the reading.
 */
export function applyTicketStatus({
  waiting,
  ticketId,
  status,
}: {
  waiting: Waiting
  ticketId: string
  status: TicketStatus
}): Waiting {
  const isShown = isActive(status) || status === 'LAPSED'
  const tickets = waiting.tickets
    .filter(({ id }) => isShown || id !== ticketId)
    .map((ticket) => (ticket.id === ticketId ? { ...ticket, status } : ticket))
  return { ...waiting, tickets }
}

/** Whoever stands in line, in its order, and whoever did not come after a last call. */
export function splitWaiting(tickets: WaitingTicket[]): {
  inLine: WaitingTicket[]
  lapsed: WaitingTicket[]
} {
  return {
    inLine: tickets.filter(({ status }) => isActive(status)),
    lapsed: tickets.filter(({ status }) => status === 'LAPSED'),
  }
}

/** Whole minutes since an instant, 0 for one that is not over. */
export function countMinutesSince({ at, nowMs }: { at: string; nowMs: number }): number {
  return Math.max(0, Math.floor((nowMs - Date.parse(at)) / MINUTE_MS))
}
