import { readMailboxLink } from '@/lib/crypto/link-token'
import { type Result, refuse } from '@/lib/problems/result'
import { moveReservation } from './move.commands'
import { findLinkedReservation } from './queries'
import type { Moved } from './types'

/**
 * Gives a table back through the link mailed to its diner, acting as the diner: any reader of that
 * mail may use it, as long as its mailbox is the diner's
 * (docs/decisions/0027-links-end-with-their-mailbox.md). The link does nothing else and reveals
 * nothing about the account. Locks the diner's account, so that no change of address falls between
 * reading and cancelling, then like `moveReservation`.
 *
 * Refuses `link-unknown` for any link we did not seal, `cancel-link-moved` once the diner has
 * another address, `cancel-link-over` once its time has come, and what `moveReservation` refuses: `cannot-move` when the reservation is already cancelled,
 * `after-start` when its time came just now.
 */
export async function cancelByLink({
  token,
  address,
}: {
  token: string
  address: string | null
}): Promise<Result<Moved>> {
  const link = readMailboxLink({ kind: 'cancel', token })
  const found = await findLinkedReservation(token)
  if (!link || !found) return refuse('link-unknown')
  if (found.state === 'MOVED') return refuse('cancel-link-moved')
  if (found.state === 'OVER') return refuse('cancel-link-over')
  const moved = await moveReservation({
    reservationId: link.id,
    act: 'CANCEL',
    actor: { accountId: found.dinerId, address },
    scope: 'diner',
    isMailedTo: link.isMailedTo,
  })
  // The address changed, or the account was deleted, since it was read.
  if (moved.ok || moved.reason !== 'not-found') return moved
  return refuse((await findLinkedReservation(token)) ? 'cancel-link-moved' : 'link-unknown')
}
