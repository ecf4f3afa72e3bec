import { recordAct } from '@/domain/identity/audit.commands'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
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
import type { ForgottenContact, ForgottenGuest } from './schema'
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
 * A guest takes back, by the link of their ticket, that the restaurant remembers them: it keeps nothing that it
 * has by their consent alone. Their place in the line stays. Done twice, it changes nothing the second time.
 * Locks the guest, then their tickets, and no line. Refuses `not-found`, also for an account's ticket.
 */
export async function endConsent({
  ticketId,
  asker,
}: {
  ticketId: string
  asker: TicketAsker
}): Promise<Result<ForgottenGuest, 'not-found'>> {
  if (asker.accountId !== null) return refuse('not-found')
  return runTransaction<ForgottenGuest, 'not-found'>(async (tx, stop) => {
    const [ticket] = await tx.$queryRaw<{ restaurantId: string; guestId: string | null }[]>`
      SELECT restaurant_id AS "restaurantId", guest_id AS "guestId" FROM tickets
       WHERE id = ${ticketId}::uuid AND account_id IS NULL`
    if (!ticket) return stop(refuse('not-found'))
    const { restaurantId, guestId } = ticket
    const [ended] = await tx.$queryRaw<{ isEnded: boolean }[]>`
      SELECT forget_consenting_guest(p_guest => ${guestId}::uuid) AS "isEnded"`
    if (guestId !== null && ended?.isEnded)
      await recordAct(tx, {
        subject: 'GUEST',
        subjectId: guestId,
        restaurantId,
        // The guest may be deleted: the log keeps no more from where.
        actor: { accountId: null, role: 'DINER', address: null },
        act: 'END_CONSENT',
        from: 'GIVEN',
        to: 'ENDED',
      })
    return { id: ticketId, isRemembered: false }
  })
}

/**
 * Forgets at once how the guest of a ticket without an account could be reached, and what was sent to
 * them; only the holder of the ticket's link may ask for it. A party that still waits gives its place
 * up with it, and can't undo that. A guest who is remembered is so no longer, which is done first, as
 * `endConsent` does. Done twice, it changes nothing the second time. Locks the line,
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
  const ended = await endConsent({ ticketId, asker })
  if (!ended.ok) return ended
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
