import { randomUUID } from 'node:crypto'
import { addPasskey, beginAdding } from '@/domain/identity/passkey.commands'
import { beginPasskeySignIn } from '@/domain/identity/passkey-entry.commands'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { type Authenticator, createAuthenticator } from './authenticator'
import { holdSession } from './session-scene'

const BROWSER = '크롬 · Android'

/** Makes a passkey and registers it, in a browser of its own. */
export async function register({
  accountId,
  authenticator = createAuthenticator(),
}: {
  accountId: string
  authenticator?: Authenticator
}) {
  const browserId = randomUUID()
  const options = await beginAdding({ accountId, browserId })
  if (!options.ok) throw new Error(options.reason)
  const answer = authenticator.make(options.value)
  const { sessionId } = await holdSession(accountId)
  const told = { accountId, sessionId, address: null, browserId, browser: BROWSER }
  const added = await addPasskey({ ...told, answer })
  if (!added.ok) throw new Error(added.reason)
  return { authenticator, passkeyId: added.value.passkeyId }
}

/** An account with one passkey, and the browser that is to sign in with it. */
export async function createHolder({
  counts = false,
  ...given
}: Parameters<typeof createAccount>[1] & { counts?: boolean } = {}) {
  const account = await createAccount(pool, given)
  const authenticator = createAuthenticator({ counts })
  const { passkeyId } = await register({ accountId: account.id, authenticator })
  const { sessionId } = await holdSession(account.id)
  return { account, authenticator, passkeyId, sessionId, browserId: randomUUID() }
}

/** What a sign-in page asks its browser for. */
export async function askToSignIn(browserId: string) {
  const options = await beginPasskeySignIn({ browserId, address: null })
  if (!options.ok) throw new Error(options.reason)
  return options.value
}

/** As if every challenge had been made that many minutes earlier. */
export async function ageChallenges(minutes: number): Promise<void> {
  await pool.query(
    `UPDATE passkey_challenges SET created_at = created_at - $1 * interval '1 minute',
                                   expires_at = expires_at - $1 * interval '1 minute'`,
    [minutes],
  )
}

/** What was mailed to an address, by kind. */
export async function listMailed(recipient: string): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    'SELECT kind FROM notices WHERE recipient = $1 ORDER BY ordinal',
    [recipient],
  )
  return rows.map(({ kind }) => kind)
}

/** The acts written about an account. */
export async function listActs(accountId: string): Promise<string[]> {
  const { rows } = await pool.query<{ act: string }>(
    'SELECT act FROM audit_events WHERE subject_id = $1 ORDER BY at',
    [accountId],
  )
  return rows.map(({ act }) => act)
}

export const nameAnswer = (answer: { ok: true } | { ok: false; reason: string }) =>
  answer.ok ? 'ok' : answer.reason
