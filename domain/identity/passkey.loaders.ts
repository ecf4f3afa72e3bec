import { readPutOff } from '@/lib/http/put-off'
import { passkeyCookie } from '@/lib/http/sealed-cookie'
import { readPageVisitor } from './loaders'
import { isPasskeyRequired } from './passkey.commands'
import { findRecovery, findSecondFactor, listPasskeys } from './passkey.queries'

/**
 * What the page's visitor is asked for: a passkey to be made, or shown. Null: not signed in.
 */
export async function loadPasskeyAsk(): Promise<{
  hasPasskey: boolean
  /** Their role needs one. */
  isRequired: boolean
  /** There is nothing to ask for. */
  isDone: boolean
} | null> {
  const visitor = await readPageVisitor()
  if (!visitor) return null
  const hasPasskey = (await listPasskeys(visitor.accountId)).length > 0
  const isRequired = isPasskeyRequired(visitor.role)
  return { hasPasskey, isRequired, isDone: hasPasskey && !visitor.awaitsPasskey }
}

/**
 * Whether the page asks its visitor for a passkey: an admin or owner without one, who has not put it
 * off of late.
 */
export async function loadPasskeyNotice(): Promise<boolean> {
  const visitor = await readPageVisitor()
  if (!visitor || visitor.role === 'DINER' || (await readPutOff('passkey'))) return false
  return (await listPasskeys(visitor.accountId)).length === 0
}

/**
 * Where the person stands who showed their first factor in this browser and has lost their passkeys.
 * Null: nobody did, or says so.
 */
export async function loadRecovery(): Promise<{ readyAt: string; isReady: boolean } | null> {
  const browserId = await passkeyCookie.read()
  const waiting = browserId === null ? null : await findSecondFactor(browserId)
  return waiting && findRecovery(waiting.accountId)
}
