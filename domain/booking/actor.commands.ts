import { lockStaffRole } from '@/domain/restaurant/commands'
import { readMailboxLink } from '@/lib/crypto/link-token'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { findLinkedReservation } from './queries'
import { actorKindOf } from './rules'
import type { Actor, ActorKind, MoveScope } from './types'

export type Asked = {
  reservationId: string
  actor: Actor
  scope: MoveScope
  /** Whether the diner, who acts by a mailed link, still has the address it went to. */
  isMailedTo?: ((email: string) => boolean) | undefined
}

/**
 * The asker's role for a reservation, or null, which reads to them as "no such reservation". Locks a
 * role at the restaurant, or the account of a diner who acts by a mailed link.
 */
export async function lockActorKind(
  tx: Transaction,
  { reservationId, actor, scope, isMailedTo }: Asked,
): Promise<ActorKind | null> {
  if (isMailedTo) {
    const [account] = await tx.$queryRaw<{ email: string }[]>`
      SELECT email FROM accounts WHERE id = ${actor.accountId}::uuid FOR SHARE`
    if (!account || !isMailedTo(account.email)) return null
  }
  const reservation = await tx.reservation.findUnique({
    where: { id: reservationId },
    select: { dinerId: true, restaurantId: true },
  })
  if (!reservation) return null
  const isDiner = scope !== 'staff' && reservation.dinerId === actor.accountId
  if (scope === 'diner') return isDiner ? 'DINER' : null
  const { restaurantId } = reservation
  const role = await lockStaffRole(tx, { ...actor, restaurantId })
  // Staff who have booked at their own restaurant have the staff's moves on its board.
  if (isDiner && (role === null || role === 'ADMIN')) return 'DINER'
  return role && actorKindOf(role)
}

type Linked = NonNullable<Awaited<ReturnType<typeof findLinkedReservation>>>

/**
 * Acts as the diner to whom the link was mailed: any reader of that mail may, as long as its mailbox is
 * the diner's (docs/decisions/0027-links-end-with-their-mailbox.md). The act locks the diner's account
 * first, so that no change of address falls between reading and acting.
 *
 * Refuses `link-unknown` for any link we did not seal, `cancel-link-moved` once the diner has another
 * address, and what the act refuses.
 */
export async function actByLink<Value>({
  token,
  address,
  act,
}: {
  token: string
  address: string | null
  act: (as: { found: Linked; asked: Asked }) => Promise<Result<Value>>
}): Promise<Result<Value>> {
  const link = readMailboxLink({ kind: 'cancel', token })
  const found = await findLinkedReservation(token)
  if (!link || !found) return refuse('link-unknown')
  if (found.state === 'MOVED') return refuse('cancel-link-moved')
  const actor = { accountId: found.dinerId, address }
  const { id: reservationId, isMailedTo } = link
  const done = await act({ found, asked: { reservationId, actor, scope: 'diner', isMailedTo } })
  // The address changed, or the account was deleted, since it was read.
  if (done.ok || done.reason !== 'not-found') return done
  return refuse((await findLinkedReservation(token)) ? 'cancel-link-moved' : 'link-unknown')
}
