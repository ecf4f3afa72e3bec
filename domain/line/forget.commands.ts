import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import {
  type ChangeRefusal,
  changeTicket,
  type LockedTicket,
  recordTicketAct,
  tellLine,
} from './commands'
import { writeMove } from './move.commands'
import { isActive } from './rules'
import type { ForgottenContact } from './schema'
import type { TicketActor, TicketAsker } from './types'

/** A party that can't be reached keeps no place: it could take any number of them. */
async function giveUpPlace(
  tx: Transaction,
  { ticket, asker, by }: { ticket: LockedTicket; asker: TicketAsker; by: TicketActor },
): Promise<LockedTicket> {
  await writeMove(tx, { ticket, act: 'CANCEL', by, reason: undefined })
  const { actId } = await recordTicketAct(tx, {
    ...{ ticket, asker, by, act: 'CANCEL', to: 'CANCELLED' },
    details: { because: 'FORGET_CONTACT' },
    isUndoable: false,
  })
  await tellLine(tx, { ticket, actId, kind: null, movesUp: true, isUndoable: false })
  return { ...ticket, status: 'CANCELLED' }
}

/**
 * Forgets at once how the guest of a ticket without an account could be reached, and what was sent to
 * them; only the holder of the ticket's link may ask for it. A party that still waits gives its place
 * up with it, and can't undo that. Done twice, it changes nothing the second time. Locks the line,
 * then the ticket. Refuses `not-found`, also for an account's ticket, and `in-progress` and
 * `key-reused` on account of the key.
 */
export async function forgetContact({
  ticketId,
  asker,
  key = null,
}: {
  ticketId: string
  asker: TicketAsker
  key?: string | null
}): Promise<Result<ForgottenContact, ChangeRefusal>> {
  if (asker.accountId !== null) return refuse('not-found')
  return changeTicket<ForgottenContact, never>({
    ticketId,
    asker,
    scope: 'diner',
    key,
    request: { ticketId, act: 'FORGET_CONTACT' },
    work: async ({ tx, ticket: found, by }) => {
      const [known] = await tx.$queryRaw<{ isForgotten: boolean }[]>`
        SELECT contact_forgotten_at IS NOT NULL AS "isForgotten" FROM tickets WHERE id = ${ticketId}::uuid`
      const waits = isActive(found.status)
      const ticket = waits ? await giveUpPlace(tx, { ticket: found, asker, by }) : found
      const { id, number, status } = ticket
      if (known?.isForgotten && !waits) return { id, number, status }
      await tx.$executeRaw`SELECT forget_guests(p_tickets => ARRAY[${id}]::uuid[])`
      // Giving the place up says why already.
      if (!waits)
        await recordTicketAct(tx, {
          ...{ ticket, asker, by, act: 'FORGET_CONTACT', to: status },
          isUndoable: false,
        })
      return { id, number, status }
    },
  })
}
