import { lockOwnAccount, type OwnAccount } from '@/domain/identity/account.commands'
import { recordAct } from '@/domain/identity/audit.commands'
import type { AuditActor } from '@/domain/identity/audit.types'
import { judgeOwnPassword } from '@/domain/identity/commands'
import { beginAnew, runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { type Account, Prisma } from '@/prisma/generated/client'
import type { AccountDeletion, DeletionPreview } from './delete-account.schema'
import { askRestaurantsToErase } from './erasure.commands'
import { IS_COMING, OWNERLESS } from './queries'
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
 * Cancels coming reservations as the diner would. Locks each one's slots in id order, then its row.
 */
async function cancelComing(tx: Transaction, accountId: string): Promise<number> {
  const coming = await tx.$queryRaw<{ id: string }[]>`
    SELECT v.id FROM reservations v
     WHERE v.diner_id = ${accountId}::uuid AND ${Prisma.raw(IS_COMING)} ORDER BY v.id`
  const ids = coming.map(({ id }) => id)
  await tx.$queryRaw`
    SELECT FROM slots s JOIN reservation_slots c ON c.slot_id = s.id
     WHERE c.reservation_id = ANY(${ids}::uuid[]) ORDER BY s.id FOR UPDATE OF s`
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
 * Past reservations stay for the restaurant's books, without the diner's name and words. One booked
 * a moment ago keeps its diner, so that the final check finds it instead of leaving it nameless.
 */
async function forgetDiner(tx: Transaction, accountId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT FROM reservations WHERE diner_id = ${accountId}::uuid ORDER BY id FOR UPDATE`
  await tx.$executeRaw`
    UPDATE reservations v SET diner_id = NULL, note = NULL, allergies = NULL, staff_note = NULL
     WHERE v.diner_id = ${accountId}::uuid AND NOT (${Prisma.raw(IS_COMING)})`
}

/** Owners' day sheets name the expected parties; this erases the diner from them. */
async function forgetOnSheets(tx: Transaction, accountId: string): Promise<void> {
  const theirs = JSON.stringify({ reservations: [{ accountId }] })
  const nobody = JSON.stringify({ accountId: null, dinerName: null, note: null, allergies: null })
  await tx.$executeRaw`
    UPDATE notices n SET payload = jsonb_set(payload, '{reservations}', (
      SELECT jsonb_agg(CASE party ->> 'accountId' WHEN ${accountId} THEN party || ${nobody}::jsonb ELSE party END)
        FROM jsonb_array_elements(payload -> 'reservations') AS party))
     WHERE kind = 'DAY_SHEET' AND payload @> ${theirs}::jsonb
       AND subject_id IN (SELECT restaurant_id FROM reservations WHERE diner_id = ${accountId}::uuid)`
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

/**
 * Notices already sent to the person stay as a record, without their content; waiting ones are
 * dropped. Invitations to the address are deleted; invitations the person sent no longer name them.
 */
async function forgetMails(tx: Transaction, { id, email }: Account): Promise<void> {
  const toThem = Prisma.sql`SELECT id FROM staff_invitations WHERE email = ${email}`
  for (const theirs of [
    Prisma.sql`account_id = ${id}::uuid`,
    Prisma.sql`subject_id IN (${toThem})`,
    // Messages about the person in a restaurant's Slack.
    Prisma.sql`channel = 'SLACK' AND subject_id IN (SELECT subject_id FROM notices WHERE account_id = ${id}::uuid)`,
  ])
    await tx.$executeRaw`
      UPDATE notices
         SET recipient = id || '@erased.invalid', payload = '{}', last_error = NULL,
             lease_token = NULL, lease_until = NULL,
             state = CASE state WHEN 'QUEUED' THEN 'DROPPED' ELSE state END
       WHERE ${theirs}`
  await tx.$executeRaw`
    UPDATE notices SET payload = jsonb_set(payload, '{inviterName}', '"밥줄"')
     WHERE payload ? 'inviterName'
       AND subject_id IN (SELECT id FROM staff_invitations WHERE invited_by = ${id}::uuid)`
  await tx.$executeRaw`DELETE FROM staff_invitations WHERE email = ${email}`
}

/** The audit log keeps what was done and when, but not by which person or from where. */
async function forgetActor(tx: Transaction, { id, role }: Account): Promise<void> {
  await tx.$executeRaw`
    UPDATE audit_events SET actor_id = NULL, address = NULL WHERE actor_id = ${id}::uuid`
  await tx.$executeRaw`
    UPDATE audit_events SET details = NULL
     WHERE subject_id = ${id}::uuid AND details IS NOT NULL`
  const on = { subject: 'ACCOUNT', subjectId: id, actor: nobody(role) } as const
  await recordAct(tx, { ...on, act: 'DELETE_ACCOUNT', from: 'ACTIVE', to: 'DELETED' })
}

async function erase(
  tx: Transaction,
  { accountId, proven, stop }: { accountId: string; proven: string | null; stop: Stop },
): Promise<{ cancelled: number }> {
  await lockRoles(tx, accountId)
  const cancelled = await cancelComing(tx, accountId)
  await askRestaurantsToErase(tx, accountId)
  await forgetOnSheets(tx, accountId)
  await forgetDiner(tx, accountId)
  await requireOtherOwners(tx, { accountId, stop })
  await requireOtherAdmin(tx, { accountId, stop })
  // As strong as a delete: it waits for bookings that already refer to the account.
  await tx.$queryRaw`SELECT FROM accounts WHERE id = ${accountId}::uuid FOR UPDATE`
  const account = await lockOwnAccount(tx, { accountId, stop })
  if (account.passwordHash !== proven) stop(refuse('changed-meanwhile'))
  // A booking under way has slipped in between two steps.
  if ((await tx.reservation.count({ where: { dinerId: accountId } })) > 0) beginAnew()
  await forgetMails(tx, account)
  await forgetActor(tx, account)
  // Keys, links, external logins and memberships are deleted with it.
  await tx.$executeRaw`DELETE FROM accounts WHERE id = ${accountId}::uuid`
  return { cancelled }
}

const MOST_TRIES = 4

/**
 * Deletes an account in one transaction: coming reservations are cancelled and their tables freed
 * at once (G6), past ones stay without a name, and everything else about the person is erased.
 * Locks the accounts, the slots of coming reservations in id order, the person's reservations, then
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
