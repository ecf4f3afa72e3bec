import { randomBytes } from 'node:crypto'
import {
  describeNewPasskey,
  judgeNewPasskey,
  type NewPasskeyAnswer,
  type NewPasskeyOptions,
  readBytes,
} from '@/lib/crypto/passkey'
import { loadPrisma } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { env } from '@/lib/env'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import type { Account } from '@/prisma/generated/client'
import { lockOwnAccount, type OwnAccount } from './account.commands'
import { recordAct } from './audit.commands'
import { queueAccountMail } from './notice.commands'
import { listCredentials } from './passkey.queries'
import { MOST_PASSKEYS, nameNew, refuseRemoval } from './passkey.rules'
import { makeChallenge, spendChallenge } from './passkey-challenge.commands'
import { requireProof } from './proof.commands'
import { markProof, type OwnDevice } from './session.commands'

const HANDLE_BYTES = 32
/** Each beginning leaves a challenge behind for minutes. */
const perAccount = createLimit({ name: 'passkey-add:account', tries: 30, windowSeconds: 60 })

/**
 * Begins to make a passkey: what the browser needs for it. Refuses `address-unconfirmed`, because
 * a stranger may have made the account, `passkeys-full`, and `rate-limited` with `retryAfterMs`.
 */
export async function beginAdding({
  accountId,
  browserId,
}: {
  accountId: string
  browserId: string
}): Promise<
  Result<NewPasskeyOptions, 'signed-out' | 'address-unconfirmed' | 'passkeys-full' | 'rate-limited'>
> {
  const limited = await takeEach([[perAccount, accountId]])
  if (limited) return limited
  const prisma = await loadPrisma()
  const [account] = await prisma.$queryRaw<
    { email: string; name: string; handle: string; isConfirmed: boolean }[]
  >`
    UPDATE accounts SET passkey_handle = coalesce(passkey_handle, ${randomBytes(HANDLE_BYTES)})
     WHERE id = ${accountId}::uuid
    RETURNING email, name, encode(passkey_handle, 'base64') AS handle, email_confirmed_at IS NOT NULL AS "isConfirmed"`
  if (!account) return refuse('signed-out')
  if (!account.isConfirmed) return refuse('address-unconfirmed')
  const known = await listCredentials(accountId)
  if (known.length >= MOST_PASSKEYS) return refuse('passkeys-full')
  const challenge = await makeChallenge({ purpose: 'ADD', browserId, accountId })
  const { email, name } = account
  const handle = readBytes(account.handle)
  return succeed(await describeNewPasskey({ challenge, handle, email, name, known }))
}

/**
 * Adds the passkey that a browser has made, marks the session with it, and mails word of it. Refuses `passkey-over`;
 * `passkey-other-account` when the browser is signed in to another account by now;
 * `passkey-other-site`, `passkey-unverified` and `passkey-invalid` for the answer itself;
 * `passkey-taken` for one that is known already; `passkeys-full`; and as `requireProof`. Locks the
 * account's row, then the session's.
 */
export async function addPasskey({
  accountId,
  sessionId,
  address,
  browserId,
  browser,
  answer,
}: OwnDevice & {
  browserId: string | null
  /** In words its person recognises. */
  browser: string
  answer: NewPasskeyAnswer
}): Promise<Result<{ passkeyId: string; name: string }>> {
  const spent = await spendChallenge({ answer, purpose: 'ADD', browserId })
  if (!spent.ok) return spent
  if (spent.value.accountId !== accountId) return refuse('passkey-other-account')
  const judged = await judgeNewPasskey({ answer, challenge: spent.value.challenge })
  if (!judged.ok) return judged
  return runTransaction<{ passkeyId: string; name: string }>(
    async (tx, stop) => {
      const account = await lockOwnAccount(tx, { accountId, stop })
      if (!account.emailConfirmedAt) return stop(refuse('address-unconfirmed'))
      const taken = await tx.passkey.findMany({ where: { accountId }, select: { name: true } })
      if (taken.length >= MOST_PASSKEYS) return stop(refuse('passkeys-full'))
      const name = nameNew({ browser, taken: taken.map((each) => each.name) })
      const { id } = await tx.passkey.create({ data: { ...judged.value, accountId, name } })
      await requireProof(tx, { accountId, sessionId, stop })
      // Its device has just verified who they are.
      if (sessionId !== null) await markProof(tx, { accountId, sessionId, proof: 'PASSKEY', stop })
      await recordChange(tx, { account, act: 'ADD_PASSKEY', address, kind: 'PASSKEY_ADDED' })
      return { passkeyId: id, name }
    },
    { constraints: { passkeys_credential_key: 'passkey-taken' } },
  )
}

/** Writes the audit event of a change of factor, and mails the account's address word of it. */
async function recordChange(
  tx: Transaction,
  {
    account,
    act,
    kind,
    address,
  }: {
    account: Account
    act: 'ADD_PASSKEY' | 'REMOVE_PASSKEY' | 'NEED_PASSKEY' | 'NEED_NO_PASSKEY'
    kind: 'PASSKEY_ADDED' | 'PASSKEY_REMOVED' | 'PASSKEY_NOT_NEEDED' | null
    address: string | null
  },
): Promise<void> {
  const { id: accountId, role, email: recipient } = account
  const actor = { accountId, role, address }
  const { id: eventId } = await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: accountId,
    actor,
    act,
    to: 'ACTIVE',
  })
  if (kind) await queueAccountMail(tx, { eventId, kind, account, recipient })
}

/** Refuses `passkey-unknown` for a passkey that is not the account's. */
async function findOwn(
  tx: Transaction,
  { accountId, passkeyId, stop }: { accountId: string; passkeyId: string; stop: Stop },
) {
  const found = await tx.passkey.findFirst({ where: { id: passkeyId, accountId } })
  return found ?? stop(refuse('passkey-unknown'))
}

/** Renames a passkey. Locks the account's row. Refuses `passkey-unknown`. */
export function renamePasskey({
  accountId,
  address,
  passkeyId,
  name,
}: OwnAccount & { passkeyId: string; name: string }): Promise<Result<null>> {
  return runTransaction<null>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    const before = await findOwn(tx, { accountId, passkeyId, stop })
    if (before.name === name) return null
    await tx.passkey.update({ where: { id: passkeyId }, data: { name } })
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor: { accountId, role: account.role, address },
      act: 'CHANGE',
      to: 'ACTIVE',
      details: { fields: ['passkey'] },
    })
    return null
  })
}

/**
 * Removes a passkey and mails word of it. Refuses `passkey-unknown`; `last-login` when no way in
 * would remain; `last-passkey` when the account or the operator asks for one; and as `requireProof`.
 * Locks the account's row, so that of two passkeys removed at once one may be the last.
 */
export function removePasskey({
  accountId,
  sessionId,
  address,
  passkeyId,
}: OwnDevice & { passkeyId: string }): Promise<Result<null>> {
  return runTransaction<null>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    await findOwn(tx, { accountId, passkeyId, stop })
    const refusal = refuseRemoval({
      others: (await tx.passkey.count({ where: { accountId } })) - 1,
      hasOtherWay:
        account.passwordHash !== null ||
        (await tx.externalLogin.count({ where: { accountId } })) > 0,
      isNeeded: account.needsPasskey || isPasskeyRequired(account.role),
    })
    if (refusal) return stop(refuse(refusal))
    await tx.passkey.delete({ where: { id: passkeyId } })
    await requireProof(tx, { accountId, sessionId, stop })
    await recordChange(tx, { account, act: 'REMOVE_PASSKEY', address, kind: 'PASSKEY_REMOVED' })
    return null
  })
}

/** Whether the operator asks people of this role for a passkey. */
export function isPasskeyRequired(role: Account['role']): boolean {
  return env.PASSKEY_ROLES.some((required) => required === role)
}

/**
 * Has each way in but a passkey ask for one afterwards, or no longer, of which word is mailed. Locks
 * the account's row. Refuses `no-passkey` to an account that has none, and as `requireProof`.
 */
export function needPasskey({
  accountId,
  sessionId,
  address,
  isNeeded,
}: OwnDevice & { isNeeded: boolean }): Promise<Result<null>> {
  return runTransaction<null>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    if (account.needsPasskey === isNeeded) return null
    if (isNeeded && (await tx.passkey.count({ where: { accountId } })) === 0)
      return stop(refuse('no-passkey'))
    await tx.account.update({
      where: { id: accountId },
      data: { needsPasskey: isNeeded, passkeyLostAt: null },
    })
    await requireProof(tx, { accountId, sessionId, stop })
    await recordChange(tx, {
      account,
      act: isNeeded ? 'NEED_PASSKEY' : 'NEED_NO_PASSKEY',
      kind: isNeeded ? null : 'PASSKEY_NOT_NEEDED',
      address,
    })
    return null
  })
}
