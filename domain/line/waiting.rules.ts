import { decideMove, isActive } from './rules'
import type { TicketAct, TicketStatus } from './types'
import type { StaffTicketAct, Waiting, WaitingTicket } from './waiting.types'

const MINUTE_MS = 60_000

/**
 * The acts staff have for a party now: the likeliest first, those that take something away last.
 */
export function listStaffActs(status: TicketStatus): StaffTicketAct[] {
  const order: StaffTicketAct[] =
    status === 'WAITING' || status === 'POSTPONED'
      ? ['CALL', 'SEAT', 'LAST_CALL', 'CANCEL']
      : ['SEAT', 'PUT_BACK', 'LAST_CALL', 'CALL', 'CANCEL']
  return order.filter((act) => decideMove({ status, act, by: 'OWNER' }).ok)
}

/** The status a party will have once its waiting acts are done. */
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
 * The line with one party's new status, until the next poll brings the real one. A party that is
 * over is removed; a last call gets its deadline from the poll.
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

/** The parties in line, in its order, and those that did not come after a last call. */
export function splitWaiting(tickets: WaitingTicket[]): {
  inLine: WaitingTicket[]
  lapsed: WaitingTicket[]
} {
  return {
    inLine: tickets.filter(({ status }) => isActive(status)),
    lapsed: tickets.filter(({ status }) => status === 'LAPSED'),
  }
}

/** Whole minutes since an instant; 0 if it is still ahead. */
export function countMinutesSince({ at, nowMs }: { at: string; nowMs: number }): number {
  return Math.max(0, Math.floor((nowMs - Date.parse(at)) / MINUTE_MS))
}
