import { signLink } from '@/lib/crypto/link-token'
import { isCode } from '@/lib/crypto/mailed-code'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { pool } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import type { DeviceOf } from '@/lib/http/sealed-cookie'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import { recordAct } from './audit.commands'
import { takeCodeGuess } from './guess.commands'
import {
  type LinkPurpose,
  type LinkRefusal,
  type LinkState,
  needsPassword,
  refusalOf,
} from './link.rules'
import { CODE_TRIES } from './link-request.rules'
import { confirmByLink, enterByLinkRow } from './link-visit.commands'
import { findOwnRequest, HAS_WAY_IN, LINK_STATE } from './queries'

export type CodeRefusal =
  | 'request-unknown'
  | 'code-wrong'
  | 'code-over'
  | 'code-used'
  | 'code-tries'
  | 'rate-limited'

/**
 * Counts a try of a mail's code and judges it, in the browser that asked for the mail; a right one
 * does not count against its mailbox. Of any number of tries at once five are judged: one statement
 * counts, and its row's lock queues the others. A refusal stays counted. A right code is not used up
 * yet: the caller writes `code_used_at` in the transaction of what the code is for.
 */
export async function takeCodeTry({
  requestId,
  code,
  address,
  deviceOf,
}: {
  requestId: string
  code: string
  address: string | null
  deviceOf: DeviceOf
}): Promise<Result<{ linkId: string }, CodeRefusal>> {
  const request = await findOwnRequest(requestId)
  if (!request) return refuse('request-unknown')
  const guess = await takeCodeGuess({ email: request.email, deviceOf, address })
  if (!guess.ok) return guess
  const { rows } = await pool.query<{ linkId: string | null; codeTries: number }>(
    `UPDATE link_requests SET code_tries = code_tries + 1
      WHERE id = $1 AND code_tries < $2 AND code_used_at IS NULL AND expires_at > now()
     RETURNING link_id AS "linkId", code_tries AS "codeTries"`,
    [requestId, CODE_TRIES],
  )
  const [counted] = rows
  if (!counted) return refuseUncounted(requestId)
  const { linkId, codeTries } = counted
  // Without an account nothing was mailed, and every code is wrong.
  if (linkId && isCode({ kind: 'link-request', id: requestId, code })) {
    await guess.value.giveBack()
    return succeed({ linkId })
  }
  return codeTries < CODE_TRIES
    ? refuse('code-wrong', { triesLeft: CODE_TRIES - codeTries })
    : refuse('code-tries')
}

async function refuseUncounted(requestId: string): Promise<Refusal<CodeRefusal>> {
  const { rows } = await pool.query<{ isUsed: boolean; isOver: boolean }>(
    `SELECT code_used_at IS NOT NULL AS "isUsed", expires_at <= now() AS "isOver"
       FROM link_requests WHERE id = $1`,
    [requestId],
  )
  const [request] = rows
  if (!request) return refuse('request-unknown')
  if (request.isUsed) return refuse('code-used')
  return refuse(request.isOver ? 'code-over' : 'code-tries')
}

/** Signed in, or the link the code stands for, where a password is to be chosen. */
export type CodeEntry = { claims: AccountClaims } | { token: string }

/**
 * Uses a mail's code, which stands for its link in the browser that asked: signs in, confirms the
 * address of a sign-up made here, or opens the link where its reader chooses a password. Refuses as
 * `takeCodeTry` and as the link itself. Locks the account, then the link, then the request.
 */
export async function enterByCode({
  requestId,
  code,
  signUpId,
  address,
  deviceOf = () => null,
}: {
  requestId: string
  code: string
  signUpId: string | null
  address: string | null
  /** Absent: no account has signed in on this browser. */
  deviceOf?: DeviceOf
}): Promise<Result<CodeEntry>> {
  const tried = await takeCodeTry({ requestId, code, address, deviceOf })
  if (!tried.ok) return tried
  const { linkId } = tried.value
  return runTransaction<CodeEntry>(async (tx, stop) => {
    const link = await lockLink(tx, { linkId, stop })
    const used = await tx.$executeRaw`
      UPDATE link_requests SET code_used_at = now()
       WHERE id = ${requestId}::uuid AND code_used_at IS NULL`
    if (used === 0) return stop(refuse('code-used'))
    const { accountId, purpose, isConfirmed, hasWayIn } = link
    // A code that proves somebody in a session opens none.
    if (purpose === 'PROVE') return stop(refuse('request-unknown'))
    if (purpose === 'SIGN_IN')
      return { claims: await enterByLinkRow(tx, { linkId, way: 'CODE', address, stop }) }
    if (
      purpose === 'CONFIRM_ADDRESS' &&
      !needsPassword({ isConfirmed, hasWayIn, accountId, signUpId })
    )
      return { claims: await confirmByLink(tx, { linkId, signUpId, address, stop }) }
    const actor = { accountId, role: link.role, address }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'USE_CODE',
      to: purpose,
    })
    return { token: signLink({ kind: 'account', id: linkId }) }
  })
}

type Locked = {
  accountId: string
  role: 'DINER' | 'OWNER' | 'ADMIN'
  isConfirmed: boolean
  hasWayIn: boolean
  purpose: LinkPurpose
  state: LinkState
}

/** Refuses a link that is over. Locks the account's row, then the link's, as `redeemLink` does. */
export async function lockLink(
  tx: Transaction,
  { linkId, stop }: { linkId: string; stop: Stop<LinkRefusal> },
): Promise<Locked> {
  await tx.$queryRaw`
    SELECT FROM accounts a JOIN account_links l ON l.account_id = a.id
     WHERE l.id = ${linkId}::uuid FOR NO KEY UPDATE OF a`
  const { Prisma } = await import('@/prisma/generated/client')
  const [link] = await tx.$queryRaw<Locked[]>`
    SELECT a.id AS "accountId", a.role::text AS role,
           a.email_confirmed_at IS NOT NULL AS "isConfirmed",
           ${Prisma.raw(HAS_WAY_IN)} AS "hasWayIn", l.purpose,
           ${Prisma.raw(LINK_STATE)} AS state
      FROM account_links l JOIN accounts a ON a.id = l.account_id
     WHERE l.id = ${linkId}::uuid FOR UPDATE OF l`
  if (!link) return stop(refuse('link-unknown'))
  const refusal = refusalOf(link.state)
  return refusal ? stop(refuse(refusal)) : link
}
