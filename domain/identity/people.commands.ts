import type { Stop, Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { Account } from '@/prisma/generated/client'
import { actAsAdmin } from './admin.commands'
import type { AdminActor } from './admin.schema'
import { recordAct } from './audit.commands'
import { mailLink } from './link.commands'
import { queueAccountMail } from './notice.commands'
import { requireProof } from './proof.commands'

type Asked = { accountId: string; actor: AdminActor }
/** The admin's session, in which they have proved who they are. */
type Proven = Asked & { sessionId: string | null }
type Done = { name: string }

async function findAccount(
  tx: Transaction,
  { accountId, stop }: { accountId: string; stop: Stop },
): Promise<Account> {
  const account = await tx.account.findUnique({ where: { id: accountId } })
  return account ?? stop(refuse('not-found'))
}

/**
 * Ends all of an account's sessions, so their next requests are not signed in. Locks the two
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
 * Makes a person an admin. Only owners carry an approval, so an approved owner's is kept in the
 * audit log until they are an owner again. Locks all admins and the account, then
 * the admin's session. Refuses as `requireProof`, `not-found`, `already-decided` when they are an admin, and `person-unconfirmed`.
 */
export async function makeAdmin({ accountId, actor, sessionId }: Proven): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    accountId,
    everyAdmin: true,
    work: async (tx, stop) => {
      const account = await findAccount(tx, { accountId, stop })
      if (account.role === 'ADMIN') return stop(refuse('already-decided'))
      if (!account.emailConfirmedAt) return stop(refuse('person-unconfirmed'))
      await requireProof(tx, { accountId: actor.accountId, sessionId, stop })
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

/** The role a person had before they became an admin, from the audit log. */
async function readRoleBefore(tx: Transaction, accountId: string) {
  const [made] = await tx.$queryRaw<{ role: 'DINER' | 'OWNER'; approvedAt: string | null }[]>`
    SELECT from_status AS role, details ->> 'ownerApprovedAt' AS "approvedAt" FROM audit_events
     WHERE subject_id = ${accountId}::uuid AND act = 'MAKE_ADMIN' AND from_status IN ('DINER', 'OWNER')
     ORDER BY at DESC LIMIT 1`
  return made ?? { role: 'DINER', approvedAt: null }
}

/**
 * Demotes an admin to their former role. Admins may demote themselves. Locks all admins, so that at
 * least one always remains. Refuses `not-found`, `already-decided` when the person is not an admin,
 * and `last-admin`.
 */
export async function unmakeAdmin({ accountId, actor, sessionId }: Proven): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    accountId,
    everyAdmin: true,
    work: async (tx, stop) => {
      const account = await findAccount(tx, { accountId, stop })
      if (account.role !== 'ADMIN') return stop(refuse('already-decided'))
      const others = await tx.account.count({ where: { role: 'ADMIN', id: { not: accountId } } })
      if (others === 0) return stop(refuse('last-admin'))
      await requireProof(tx, { accountId: actor.accountId, sessionId, stop })
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
 * Removes the passkeys of a person who has lost them, and their account's wish for one: their
 * sessions end, and word is mailed to their address; a password or a mailed link opens the account
 * then. Locks the two accounts, then the admin's session. Refuses `not-found`, `already-decided` when
 * there is no passkey, and as `requireProof`.
 */
export async function forgetPasskeys({
  accountId,
  actor,
  sessionId,
}: Proven): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    accountId,
    work: async (tx, stop) => {
      const account = await findAccount(tx, { accountId, stop })
      const { count } = await tx.passkey.deleteMany({ where: { accountId } })
      if (count === 0) return stop(refuse('already-decided'))
      await requireProof(tx, { accountId: actor.accountId, sessionId, stop })
      await tx.account.update({
        where: { id: accountId },
        data: { needsPasskey: false, passkeyLostAt: null, sessionEpoch: { increment: 1 } },
      })
      const { id: eventId } = await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: accountId,
        actor: { ...actor, role: 'ADMIN' },
        act: 'FORGET_PASSKEYS',
        to: 'ACTIVE',
      })
      await queueAccountMail(tx, {
        eventId,
        kind: 'PASSKEY_REMOVED',
        account,
        recipient: account.email,
      })
      return { name: account.name }
    },
  })
}

/**
 * Mails the confirmation link once more; older links end. Locks the two accounts. Refuses
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
