import { readLink } from '@/lib/crypto/link-token'
import { type Result, refuse } from '@/lib/problems/result'
import { moveReservation } from './move.commands'
import { findLinkedReservation } from './queries'
import type { Moved } from './types'

/**
 * Gives a table back with the link that was mailed to its diner, as the diner: whoever reads that
 * mail may. The link does nothing else, and says nothing about the account. Locks as
 * `moveReservation`.
 *
 * Refuses `link-unknown` for anything we have not sealed, `cancel-link-over` once its time has come, and what
 * `moveReservation` refuses, such as `cannot-move` when it is cancelled already.
 */
export async function cancelByLink({
  token,
  address,
}: {
  token: string
  address: string | null
}): Promise<Result<Moved>> {
  const id = readLink({ kind: 'cancel', token })
  const found = id && (await findLinkedReservation(id))
  if (!found) return refuse('link-unknown')
  if (found.state === 'OVER') return refuse('cancel-link-over')
  return moveReservation({
    reservationId: found.reservation.id,
    act: 'CANCEL',
    actor: { accountId: found.dinerId, address },
    scope: 'diner',
  })
}
