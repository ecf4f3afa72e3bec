import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import type { Browser } from '@/lib/http/browser'
import { type Result, refuse } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { lockOwnAccount, type OwnAccount } from './account.commands'
import { recordAct } from './audit.commands'
import { type CodeRefusal, lockLink, takeCodeTry } from './code.commands'
import { judgeOwnPassword } from './commands'
import { mailLink } from './link.commands'
import type { LinkRefusal } from './link.rules'
import { beginAsking, keepRequest } from './link-request.commands'
import { markProof } from './session.commands'

type OwnSession = OwnAccount & { sessionId: string }
type PasswordRefusal =
  | 'rate-limited'
  | 'busy'
  | 'wrong-password'
  | 'changed-meanwhile'
  | 'signed-out'
type ProofCodeRefusal = CodeRefusal | LinkRefusal | 'signed-out'

/**
 * Proves by the account's password who the session's person is. Locks the account's row, then the
 * session's. Refuses `wrong-password` (also without a password), `rate-limited`, `busy`, `signed-out`
 * and `changed-meanwhile` when the password was changed while it was judged.
 */
export async function proveByPassword({
  accountId,
  sessionId,
  address,
  password,
}: OwnSession & { password: string }): Promise<Result<null, PasswordRefusal>> {
  const judged = await judgeOwnPassword({ accountId, password })
  if (!judged.ok) return judged
  const { stored } = judged.value
  if (stored === null) return refuse('wrong-password')
  return runTransaction<null, PasswordRefusal>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    if (account.passwordHash !== stored) return stop(refuse('changed-meanwhile'))
    await markProof(tx, { accountId, sessionId, proof: 'PASSWORD', stop })
    const actor = { accountId, role: account.role, address }
    const on = { subject: 'ACCOUNT', subjectId: accountId } as const
    await recordAct(tx, { ...on, actor, act: 'PROVE', to: 'PASSWORD' })
    return null
  })
}

const mails = createLimit({ name: 'proof-mail:account', tries: 5, windowSeconds: 900 })

/**
 * Mails a code with which the session's person proves that they read the account's mail; it works
 * in this session only. Locks the account's row, then its links. Refuses `rate-limited`,
 * `signed-out`.
 */
export async function mailProofCode({
  accountId,
  sessionId,
  address,
  browser,
}: OwnSession & { browser: Browser }): Promise<
  Result<{ email: string }, 'rate-limited' | 'signed-out'>
> {
  const limit = await mails(accountId)
  if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
  return runTransaction<{ email: string }, 'signed-out'>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    const open = await tx.session.count({ where: { id: sessionId, accountId } })
    if (open === 0) return stop(refuse('signed-out'))
    const { email, role } = account
    const asking = beginAsking({ ...browser, returnPath: '/account', texts: {} })
    const actor = { accountId, role, address }
    const { linkId } = await mailLink(tx, { account, purpose: 'PROVE', email, actor, asking })
    await keepRequest(tx, { asking, purpose: 'PROVE', email, linkId, sessionId })
    return { email }
  })
}

/** The newest code mailed for this session. Null: none. */
async function findProofRequest(sessionId: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM link_requests WHERE session_id = $1 AND purpose = 'PROVE'
      ORDER BY created_at DESC, id DESC LIMIT 1`,
    [sessionId],
  )
  return rows[0]?.id ?? null
}

/**
 * Proves by a mailed code who the session's person is; a code works once. Locks the account's row,
 * then the link's, the request's and the session's. Refuses as `takeCodeTry`, `link-expired` when a
 * newer code was mailed or the account has another address by now, and `signed-out`.
 */
export async function proveByCode({
  accountId,
  sessionId,
  address,
  code,
}: OwnSession & { code: string }): Promise<Result<null, ProofCodeRefusal>> {
  const requestId = await findProofRequest(sessionId)
  if (!requestId) return refuse('request-unknown')
  // Codes that others guess, who are not signed in to the account, don't count against its own.
  const tried = await takeCodeTry({ requestId, code, address, deviceOf: () => accountId })
  if (!tried.ok) return tried
  const { linkId } = tried.value
  return runTransaction<null, ProofCodeRefusal>(async (tx, stop) => {
    const link = await lockLink(tx, { linkId, stop })
    if (link.purpose !== 'PROVE' || link.accountId !== accountId)
      return stop(refuse('request-unknown'))
    const used = await tx.$executeRaw`
      UPDATE link_requests SET code_used_at = now()
       WHERE id = ${requestId}::uuid AND session_id = ${sessionId}::uuid AND code_used_at IS NULL`
    if (used === 0) return stop(refuse('code-used'))
    await markProof(tx, { accountId, sessionId, proof: 'MAIL', stop })
    const actor = { accountId, role: link.role, address }
    const on = { subject: 'ACCOUNT', subjectId: accountId } as const
    await recordAct(tx, { ...on, actor, act: 'PROVE', to: 'MAIL' })
    return null
  })
}
