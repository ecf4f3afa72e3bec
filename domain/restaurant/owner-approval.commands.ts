import { actAsAdmin } from '@/domain/identity/admin.commands'
import type { AdminActor } from '@/domain/identity/admin.schema'
import { recordAct } from '@/domain/identity/audit.commands'
import type { AuditActor, AuditedEvent } from '@/domain/identity/audit.types'
import { queueAccountMail } from '@/domain/identity/notice.commands'
import type { Stop, Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { Account } from '@/prisma/generated/client'
import type { OwnerState } from './owner-approval.schema'
import { readOwnerState } from './rules'

type Decided = { name: string; state: OwnerState }

/**
 * The account, locked by `actAsAdmin`, if its state is still the one the admin decided on. Refuses
 * `not-found` when the person is not an owner, and `already-decided` with who decided it, when, and
 * how.
 */
async function findUndecided(
  tx: Transaction,
  { accountId, seen, stop }: { accountId: string; seen: OwnerState; stop: Stop },
): Promise<Account> {
  const account = await tx.account.findUnique({ where: { id: accountId } })
  if (account?.role !== 'OWNER') return stop(refuse('not-found'))
  const state = readOwnerState(account)
  if (state === seen) return account
  const last = await tx.auditEvent.findFirst({
    where: {
      subjectId: accountId,
      act: { in: ['APPROVE_OWNER', 'REFUSE_OWNER', 'WITHDRAW_APPROVAL'] },
    },
    orderBy: { at: 'desc' },
    select: { at: true, actor: { select: { name: true } } },
  })
  return stop(
    refuse('already-decided', {
      state,
      ...(last && { decidedAt: last.at.toISOString(), decidedBy: last.actor?.name ?? null }),
    }),
  )
}

async function tellOwner(
  tx: Transaction,
  {
    account,
    eventId,
    kind,
    reason,
  }: {
    account: Account
    eventId: string
    kind: 'OWNER_APPROVED' | 'OWNER_REFUSED' | 'OWNER_WITHDRAWN'
    reason?: string
  },
): Promise<void> {
  await queueAccountMail(tx, {
    eventId,
    kind,
    account,
    recipient: account.email,
    ...(reason !== undefined && { payload: { reason } }),
  })
}

/**
 * Approves an owner who was waiting or had been refused: one transaction with its event and its
 * mail. Locks the two accounts. Restaurants hidden when an approval was withdrawn stay hidden:
 * whether to show them again is a separate decision.
 *
 * Refuses `not-found`, `already-decided` when another admin was faster, and `person-unconfirmed`:
 * an unconfirmed address may belong to a stranger.
 */
export async function approveOwner({
  accountId,
  seen,
  actor,
}: {
  accountId: string
  seen: 'WAITING' | 'REFUSED'
  actor: AdminActor
}): Promise<Result<Decided>> {
  return actAsAdmin({
    actor,
    accountId,
    work: async (tx, stop) => {
      const account = await findUndecided(tx, { accountId, seen, stop })
      if (!account.emailConfirmedAt) return stop(refuse('person-unconfirmed'))
      await tx.$executeRaw`
        UPDATE accounts SET owner_approved_at = now(), owner_refused_at = NULL, owner_refusal = NULL
         WHERE id = ${accountId}::uuid`
      const { id: eventId } = await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: accountId,
        actor: { ...actor, role: 'ADMIN' },
        act: 'APPROVE_OWNER',
        from: seen,
        to: 'APPROVED',
        ...(account.ownerRefusal && { details: { refusedFor: account.ownerRefusal } }),
      })
      await tellOwner(tx, { account, eventId, kind: 'OWNER_APPROVED' })
      return { name: account.name, state: 'APPROVED' }
    },
  })
}

/** Refuses a waiting owner, who reads the reason in their mail. Otherwise as `approveOwner`. */
export async function refuseOwner({
  accountId,
  reason,
  actor,
}: {
  accountId: string
  reason: string
  actor: AdminActor
}): Promise<Result<Decided>> {
  return actAsAdmin({
    actor,
    accountId,
    work: async (tx, stop) => {
      const account = await findUndecided(tx, { accountId, seen: 'WAITING', stop })
      const { id: eventId } = await writeRefusal(tx, {
        accountId,
        reason,
        actor,
        act: 'REFUSE_OWNER',
      })
      await tellOwner(tx, { account, eventId, kind: 'OWNER_REFUSED', reason })
      return { name: account.name, state: 'REFUSED' }
    },
  })
}

async function writeRefusal(
  tx: Transaction,
  {
    act,
    ...said
  }: {
    accountId: string
    reason: string
    actor: AdminActor
    act: 'REFUSE_OWNER' | 'WITHDRAW_APPROVAL'
  },
): Promise<AuditedEvent> {
  const { accountId, reason, actor } = said
  await tx.$executeRaw`
    UPDATE accounts SET owner_approved_at = NULL, owner_refused_at = now(), owner_refusal = ${reason}
     WHERE id = ${accountId}::uuid`
  const decided = {
    subject: 'ACCOUNT',
    subjectId: accountId,
    to: 'REFUSED',
    details: { reason },
  } as const
  const by: AuditActor = { ...actor, role: 'ADMIN' }
  return act === 'REFUSE_OWNER'
    ? recordAct(tx, { ...decided, actor: by, act, from: 'WAITING' })
    : recordAct(tx, { ...decided, actor: by, act, from: 'APPROVED' })
}

/**
 * Withdraws an approval. The owner's rights end with it, because every staff act reads them afresh.
 * Published restaurants left without an approved owner are hidden in the same transaction; their
 * reservations stand. Locks the two accounts, then this owner's restaurants in id order, and looks
 * for other owners only after that: of two co-owners who lose their approval at the same time, the
 * second finds no owner left.
 *
 * Refuses `not-found`, and `already-decided` when the approval is already gone.
 */
export async function withdrawApproval({
  accountId,
  reason,
  actor,
}: {
  accountId: string
  reason: string
  actor: AdminActor
}): Promise<Result<Decided & { hiddenCount: number }>> {
  return actAsAdmin({
    actor,
    accountId,
    work: async (tx, stop) => {
      const account = await findUndecided(tx, { accountId, seen: 'APPROVED', stop })
      const { id: eventId } = await writeRefusal(tx, {
        accountId,
        reason,
        actor,
        act: 'WITHDRAW_APPROVAL',
      })
      await tellOwner(tx, { account, eventId, kind: 'OWNER_WITHDRAWN', reason })
      const hiddenCount = await hideAbandoned(tx, { accountId, reason, actor })
      return { name: account.name, state: 'REFUSED', hiddenCount }
    },
  })
}

/**
 * Hides the restaurants that would be left without an approved owner. Returns how many were hidden.
 */
async function hideAbandoned(
  tx: Transaction,
  { accountId, reason, actor }: { accountId: string; reason: string; actor: AdminActor },
): Promise<number> {
  await tx.$queryRaw`
    SELECT r.id FROM restaurants r JOIN restaurant_staff s ON s.restaurant_id = r.id
     WHERE s.account_id = ${accountId}::uuid AND s.role = 'OWNER' ORDER BY r.id FOR NO KEY UPDATE OF r`
  const hidden = await tx.$queryRaw<{ id: string }[]>`
    UPDATE restaurants r
       SET published = false, hidden_at = now(), hidden_reason = ${reason}, version = version + 1
      FROM restaurant_staff s
     WHERE s.restaurant_id = r.id AND s.account_id = ${accountId}::uuid AND s.role = 'OWNER'
       AND r.published AND r.deleted_at IS NULL
       AND NOT EXISTS (
         SELECT FROM restaurant_staff o JOIN accounts a ON a.id = o.account_id
          WHERE o.restaurant_id = r.id AND o.role = 'OWNER' AND o.account_id <> s.account_id
            AND a.role = 'OWNER' AND a.owner_approved_at IS NOT NULL)
    RETURNING r.id`
  for (const { id } of hidden)
    await recordAct(tx, {
      subject: 'RESTAURANT',
      subjectId: id,
      restaurantId: id,
      actor: { ...actor, role: 'ADMIN' },
      act: 'HIDE',
      from: 'PUBLISHED',
      to: 'HIDDEN',
      details: { reason, because: 'WITHDRAW_APPROVAL' },
    })
  return hidden.length
}
