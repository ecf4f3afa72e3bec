import type { Stop, Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { Account } from '@/prisma/generated/client'
import { actAsAdmin } from './admin.commands'
import type { AdminActor } from './admin.schema'
import { recordAct } from './audit.commands'
import { mailLink } from './link.commands'

type Asked = { accountId: string; actor: AdminActor }
type Done = { name: string }

async function findAccount(
  tx: Transaction,
  { accountId, stop }: { accountId: string; stop: Stop },
): Promise<Account> {
  const account = await tx.account.findUnique({ where: { id: accountId } })
  return account ?? stop(refuse('not-found'))
}

/**
 * Ends every session of an account: the next request that comes with one is nobody's. Locks the two
 * accounts. Refuses `not-found`.
 */
export async function endSessions({ accountId, actor }: Asked): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    accountId,
    work: async (tx, stop) => {
      const { name, sessionEpoch } = await findAccount(tx, { accountId, stop })
      await tx.$executeRaw`
        UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = ${accountId}::uuid`
      await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: accountId,
        actor: { ...actor, role: 'ADMIN' },
        act: 'END_SESSIONS',
        from: `EPOCH_${sessionEpoch}`,
        to: `EPOCH_${sessionEpoch + 1}`,
      })
      return { name }
    },
  })
}

/**
 * Makes somebody an admin. Only owners carry an approval, so an approved owner's is kept in the
 * auditLog until they are made an owner again. Locks all admins and the account. Refuses
 * `not-found`, `already-decided` when they are one, and `person-unconfirmed`.
 */
export async function makeAdmin({ accountId, actor }: Asked): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    accountId,
    everyAdmin: true,
    work: async (tx, stop) => {
      const account = await findAccount(tx, { accountId, stop })
      if (account.role === 'ADMIN') return stop(refuse('already-decided'))
      if (!account.emailConfirmedAt) return stop(refuse('person-unconfirmed'))
      await tx.$executeRaw`
        UPDATE accounts SET role = 'ADMIN', owner_approved_at = NULL WHERE id = ${accountId}::uuid`
      await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: accountId,
        actor: { ...actor, role: 'ADMIN' },
        act: 'MAKE_ADMIN',
        from: account.role,
        to: 'ADMIN',
        details: { ownerApprovedAt: account.ownerApprovedAt?.toISOString() ?? null },
      })
      return { name: account.name }
    },
  })
}

/** What somebody was before they were made an admin, as the audit log tells it. */
async function readRoleBefore(tx: Transaction, accountId: string) {
  const [made] = await tx.$queryRaw<{ role: 'DINER' | 'OWNER'; approvedAt: string | null }[]>`
    SELECT from_status AS role, details ->> 'ownerApprovedAt' AS "approvedAt" FROM audit_events
     WHERE subject_id = ${accountId}::uuid AND act = 'MAKE_ADMIN' AND from_status IN ('DINER', 'OWNER')
     ORDER BY at DESC LIMIT 1`
  return made ?? { role: 'DINER', approvedAt: null }
}

/**
 * Somebody is an admin no more, and again what they were before. An admin may do it to themselves.
 * Locks all admins, so that there is always one left. Refuses `not-found`, `already-decided` when
 * they are none, and `last-admin`.
 */
export async function unmakeAdmin({ accountId, actor }: Asked): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    accountId,
    everyAdmin: true,
    work: async (tx, stop) => {
      const account = await findAccount(tx, { accountId, stop })
      if (account.role !== 'ADMIN') return stop(refuse('already-decided'))
      const others = await tx.account.count({ where: { role: 'ADMIN', id: { not: accountId } } })
      if (others === 0) return stop(refuse('last-admin'))
      const { role, approvedAt } = await readRoleBefore(tx, accountId)
      await tx.$executeRaw`
        UPDATE accounts
           SET role = ${role}::account_role,
               owner_approved_at = CASE WHEN owner_refused_at IS NULL THEN ${approvedAt}::timestamptz END
         WHERE id = ${accountId}::uuid`
      await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: accountId,
        actor: { ...actor, role: 'ADMIN' },
        act: 'UNMAKE_ADMIN',
        from: 'ADMIN',
        to: role,
      })
      return { name: account.name }
    },
  })
}

/**
 * Mails the link that confirms an address once more; older ones end. Locks the two accounts. Refuses
 * `not-found`, and `already-decided` when the address is confirmed.
 */
export async function sendConfirmation({ accountId, actor }: Asked): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    accountId,
    work: async (tx, stop) => {
      const account = await findAccount(tx, { accountId, stop })
      if (account.emailConfirmedAt) return stop(refuse('already-decided'))
      await mailLink(tx, {
        account,
        purpose: 'CONFIRM_ADDRESS',
        email: account.email,
        actor: { ...actor, role: 'ADMIN' },
      })
      return { name: account.name }
    },
  })
}
