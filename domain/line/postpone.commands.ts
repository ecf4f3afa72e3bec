import { type Result, refuse } from '@/lib/problems/result'
import { type ChangeRefusal, changeTicket, readOrder, recordTicketAct, tellLine } from './commands'
import { moveBetween } from './move.commands'
import { decideMove, findGapBehind, MOST_POSTPONEMENTS } from './rules'
import type { MovedTicket } from './schema'
import type { TicketAsker } from './types'

type PostponeRefusal =
  | 'cannot-move'
  | 'postponed-twice'
  | 'behind-oneself'
  | 'behind-earlier'
  | 'behind-ended'
  | ChangeRefusal

/**
 * Lets others pass: the party moves right behind the number it names, and behind parties that went
 * there before; at most twice, and no other party's order changes (G10). The ticket keeps its
 * number. Locks the line, then the ticket. It can't be undone, so its notices go out at once.
 *
 * Refuses `not-found`, `cannot-move` (called already, or over), `postponed-twice`,
 * `behind-oneself`, `behind-earlier`, `behind-ended`.
 */
export async function postponeTicket({
  ticketId,
  behindNumber,
  asker,
  key = null,
}: {
  ticketId: string
  behindNumber: number
  asker: TicketAsker
  key?: string | null
}): Promise<Result<MovedTicket, PostponeRefusal>> {
  const act = 'POSTPONE'
  return changeTicket({
    ticketId,
    asker,
    scope: 'diner',
    key,
    request: { ticketId, act, behindNumber },
    work: async ({ tx, ticket, by, stop }) => {
      const decided = decideMove({ status: ticket.status, act, by })
      if (!decided.ok) return stop(decided)
      if (ticket.postponements >= MOST_POSTPONEMENTS) return stop(refuse('postponed-twice'))
      const line = await readOrder(tx, ticket)
      const gap = findGapBehind({ line, ownNumber: ticket.number, behindNumber })
      if (!gap.ok) return stop(gap)
      await moveBetween(tx, { ticket, ...gap.value })
      await tx.$executeRaw`
        UPDATE tickets SET status = 'POSTPONED', postponements = postponements + 1,
               postponed_behind = ${behindNumber} WHERE id = ${ticket.id}::uuid`
      const to = decided.value
      const details = { behindNumber }
      const moved = await recordTicketAct(tx, {
        ticket,
        act,
        to,
        asker,
        by,
        details,
        isUndoable: false,
      })
      const told = { kind: 'TICKET_POSTPONED', movesUp: true, isUndoable: false }
      await tellLine(tx, { ticket, actId: moved.actId, ...told })
      return moved
    },
  })
}
