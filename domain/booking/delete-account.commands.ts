import { lockOwnAccount, type OwnAccount } from '@/domain/identity/account.commands'
import { recordAct } from '@/domain/identity/audit.commands'
import type { AuditActor } from '@/domain/identity/audit.types'
import { judgeOwnPassword } from '@/domain/identity/commands'
import { beginAnew, runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { AccountDeletion, DeletionPreview } from './delete-account.schema'
import { IS_COMING, isOf, OWNERLESS } from './queries'
import { decideMove } from './rules'
import { lockReservation, writeStatus } from './slot-lock.commands'

/**
 * Deleting an account belongs to this room, not to the one of accounts: it gives tables back, which
 * only this room can do, and this room may import accounts, mails and restaurants, which come
 * before it.
 */

/** Records the actor's role, but neither their account nor their address. */
const nobody = (role: AuditActor['role']): AuditActor => ({ accountId: null, role, address: null })

/**
 * Cancels coming reservations as the diner would. Locks the slots of all of them, then each one's row.
 */
async function cancelComing(tx: Transaction, accountId: string): Promise<number> {
  const coming = await tx.$queryRawUnsafe<{ id: string }[]>(
    `SELECT v.id FROM reservations v WHERE ${isOf('$1::uuid')} AND ${IS_COMING} ORDER BY v.id`,
    accountId,
  )
  const ids = coming.map(({ id }) => id)
  await tx.$queryRaw`
    SELECT lock_slots(p_slots => ARRAY(
      SELECT slot_id FROM reservation_slots WHERE reservation_id = ANY(${ids}::uuid[])))::text`
  let cancelled = 0
  for (const id of ids) {
    const reservation = await lockReservation(tx, id)
    // Meanwhile the reservation was cancelled, the party was seated, or the hold ran out.
    if (!reservation || reservation.isRunOut) continue
    if (!decideMove({ status: reservation.status, act: 'CANCEL', by: 'DINER' }).ok) continue
    await writeStatus(tx, { reservation, to: 'CANCELLED', cancelledBy: 'DINER' })
    await recordAct(tx, {
      subject: 'RESERVATION',
      subjectId: id,
      restaurantId: reservation.restaurantId,
      actor: nobody('DINER'),
      act: 'CANCEL',
      from: reservation.status,
      to: 'CANCELLED',
      details: { because: 'DELETE_ACCOUNT' },
    })
    cancelled += 1
  }
  return cancelled
}

/**
 * No restaurant may be left without an owner. The row locks keep two owners from leaving at once.
 */
async function requireOtherOwners(
  tx: Transaction,
  { accountId, stop }: { accountId: string; stop: Stop },
): Promise<void> {
  await tx.$queryRaw`
    SELECT FROM restaurants r JOIN restaurant_staff s ON s.restaurant_id = r.id
     WHERE s.account_id = ${accountId}::uuid AND s.role = 'OWNER' ORDER BY r.id FOR NO KEY UPDATE OF r`
  const ownerless = await tx.$queryRawUnsafe<DeletionPreview['ownerless']>(
    OWNERLESS.replaceAll('$1', '$1::uuid'),
    accountId,
  )
  if (ownerless.length > 0) stop(refuse('last-owner', { restaurants: ownerless }))
}

/**
 * Before all other locks, as every act locks its role: an act of this person comes before or finds
 * the account gone. Not against the key, so that a booking under way may still refer to it.
 */
async function lockRoles(tx: Transaction, accountId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT FROM accounts a
     WHERE a.id = ${accountId}::uuid
        OR (a.role = 'ADMIN' AND EXISTS (SELECT FROM accounts WHERE id = ${accountId}::uuid AND role = 'ADMIN'))
     ORDER BY a.id FOR NO KEY UPDATE`
}

/** Locks admins in id order, so that of two who leave at once the second sees the first gone. */
async function requireOtherAdmin(
  tx: Transaction,
  { accountId, stop }: { accountId: string; stop: Stop },
): Promise<void> {
  const account = await tx.account.findUnique({ where: { id: accountId } })
  if (account?.role !== 'ADMIN') return
  const admins = await tx.$queryRaw<unknown[]>`
    SELECT id FROM accounts WHERE role = 'ADMIN' ORDER BY id FOR UPDATE`
  if (admins.length < 2) stop(refuse('last-admin'))
}

async function erase(
  tx: Transaction,
  { accountId, proven, stop }: { accountId: string; proven: string | null; stop: Stop },
): Promise<{ cancelled: number }> {
  await lockRoles(tx, accountId)
  // Before the slots, as a booking for a guest locks them.
  await tx.$queryRaw`
    SELECT FROM guests WHERE id = ANY(ARRAY(
      SELECT guests_merged_with(p_guest => g) FROM guests_of_account(p_account => ${accountId}::uuid) AS g))
     ORDER BY merged_into IS NULL, id FOR UPDATE`
  const cancelled = await cancelComing(tx, accountId)
  // Before the account, as every act on a reservation locks them.
  await tx.$queryRawUnsafe(
    `SELECT FROM reservations v WHERE ${isOf('$1::uuid')} ORDER BY v.id FOR UPDATE`,
    accountId,
  )
  await requireOtherOwners(tx, { accountId, stop })
  await requireOtherAdmin(tx, { accountId, stop })
  // As strong as a delete: it waits for bookings that already refer to the account.
  await tx.$queryRaw`SELECT FROM accounts WHERE id = ${accountId}::uuid FOR UPDATE`
  const account = await lockOwnAccount(tx, { accountId, stop })
  if (account.passwordHash !== proven) stop(refuse('changed-meanwhile'))
  const [erased] = await tx.$queryRaw<{ isDone: boolean }[]>`
    SELECT erase_account(p_account => ${accountId}::uuid) AS "isDone"`
  // A booking under way has slipped in between two steps.
  if (!erased?.isDone) beginAnew()
  return { cancelled }
}

const MOST_TRIES = 4

/**
 * Deletes an account in one transaction: coming reservations are cancelled and their tables freed
 * at once (G6), past ones stay without a name, and everything else about the person is erased.
 * Locks the accounts, the guests that are the person, the slots of coming reservations in id order, the
 * person's reservations, then
 * the restaurants they own in id order. A booking under way by the same person is either cancelled
 * with the rest or finds the account gone.
 *
 * Refuses `wrong-password` or `email-mismatch`, `last-owner` with the restaurants' names,
 * `last-admin`, `changed-meanwhile`, `signed-out`, and `busy` when other transactions kept
 * interfering.
 */
export async function deleteAccount({
  accountId,
  email,
  proof,
}: Pick<OwnAccount, 'accountId'> & {
  /** The account's address, as the session check has just read it. */
  email: string
  proof: AccountDeletion
}): Promise<Result<{ cancelled: number }>> {
  const judged = await judgeOwnPassword({ accountId, password: proof.password })
  if (!judged.ok) return judged
  const { stored: proven } = judged.value
  if (proven === null && proof.email?.trim().toLowerCase() !== email)
    return refuse('email-mismatch')
  const work = (tx: Transaction, stop: Stop) => erase(tx, { accountId, proven, stop })
  return runTransaction(work, { tries: MOST_TRIES })
}
