import { lockStaffRole } from '@/domain/restaurant/commands'
import { readMailboxLink } from '@/lib/crypto/link-token'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { findLinkedReservation, isOf } from './queries'
import type { ActorKind, Asker, MoveScope } from './types'

export type Asked = {
  reservationId: string
  actor: Asker
  scope: MoveScope
  /** Whether the diner or guest, who acts by a mailed link, still has the address it went to. */
  isMailedTo?: ((email: string) => boolean) | undefined
}

/** Whether a reservation is a guest's who still has the address that the link went to. Locks the guest. */
async function lockGuest(
  tx: Transaction,
  { reservationId, isMailedTo }: Pick<Asked, 'reservationId' | 'isMailedTo'>,
): Promise<boolean> {
  const [guest] = await tx.$queryRaw<{ email: string | null }[]>`
    SELECT g.email FROM guests g JOIN reservations v ON v.guest_id = g.id
     WHERE v.id = ${reservationId}::uuid FOR SHARE OF g`
  return isMailedTo !== undefined && guest?.email != null && isMailedTo(guest.email)
}

/**
 * The asker's role for a reservation, or null, which reads to them as "no such reservation". Locks a
 * role at the restaurant, or the account or guest that acts by a mailed link.
 */
export async function lockActorKind(
  tx: Transaction,
  { reservationId, actor, scope, isMailedTo }: Asked,
): Promise<ActorKind | null> {
  const { accountId } = actor
  if (accountId === null)
    return scope === 'link' && (await lockGuest(tx, { reservationId, isMailedTo })) ? 'DINER' : null
  if (isMailedTo) {
    const [account] = await tx.$queryRaw<{ email: string }[]>`
      SELECT email FROM accounts WHERE id = ${accountId}::uuid FOR SHARE`
    if (!account || !isMailedTo(account.email)) return null
  }
  const [reservation] = await tx.$queryRawUnsafe<{ restaurantId: string; isOwn: boolean | null }[]>(
    `SELECT v.restaurant_id AS "restaurantId", ${isOf('$1::uuid')} AS "isOwn"
       FROM reservations v WHERE v.id = $2::uuid`,
    accountId,
    reservationId,
  )
  if (!reservation) return null
  const isDiner = scope !== 'staff' && reservation.isOwn === true
  if (scope === 'diner') return isDiner ? 'DINER' : null
  const { restaurantId } = reservation
  const role = await lockStaffRole(tx, { accountId, restaurantId })
  // Staff who have booked at their own restaurant have the staff's moves on its board.
  if (isDiner && (role === null || role === 'ADMIN')) return 'DINER'
  return role
}

/**
 * Tries the lock under which all reservations of a diner are judged and made, that of
 * `place_reservation`; false: another request of theirs has it. Comes before the locks of slots.
 */
export async function tryLockDiner(tx: Transaction, dinerId: string): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
    SELECT try_lock_diner(${dinerId}::uuid) AS "isMine"`
  return lock?.isMine ?? false
}

/** The same for the diner of a reservation; true also where it has none, as a guest's. */
export async function tryLockDinerOf(tx: Transaction, reservationId: string): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
    SELECT try_lock_diner(diner_id) AS "isMine" FROM reservations
     WHERE id = ${reservationId}::uuid AND diner_id IS NOT NULL`
  return lock?.isMine ?? true
}

type Linked = NonNullable<Awaited<ReturnType<typeof findLinkedReservation>>>

/**
 * Acts as the diner or guest to whom the link was mailed: any reader of that mail may, as long as its
 * mailbox is theirs (docs/decisions/0027-links-end-with-their-mailbox.md). The act locks the diner's account
 * or the guest first, so that no change of address falls between reading and acting.
 *
 * Refuses `link-unknown` for any link we did not seal, `cancel-link-moved` once they have another
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
  const find = () => findLinkedReservation({ kind: 'cancel', token })
  const found = await find()
  if (!link || !found) return refuse('link-unknown')
  if (found.state === 'MOVED') return refuse('cancel-link-moved')
  const { id: reservationId, isMailedTo } = link
  const { dinerId } = found
  const actor = { accountId: dinerId, address }
  const scope = dinerId === null ? 'link' : 'diner'
  const done = await act({ found, asked: { reservationId, actor, scope, isMailedTo } })
  // The address changed, or the person was forgotten, since it was read.
  if (done.ok || done.reason !== 'not-found') return done
  return refuse((await find()) ? 'cancel-link-moved' : 'link-unknown')
}
