import type { IncomingHttpHeaders } from 'node:http'
import { readTurn } from '@/lib/crypto/receipt'
import { readSession } from '@/lib/crypto/session-token'
import { readCookie, sessionCookieName } from '@/lib/http/session'

const UUID_LENGTH = 36
/**
 * Servers may be ten minutes apart, and only the database knows when a turn is over: here a turn
 * counts for a while longer.
 */
const CLOCKS_APART_MS = 15 * 60_000

function readSessionToken({ authorization, cookie }: IncomingHttpHeaders): string | undefined {
  if (authorization?.startsWith('Bearer ')) return authorization.slice('Bearer '.length)
  return readCookie(cookie ?? null, sessionCookieName())
}

/** Whether the request carries a turn that we gave to the very person who asks. No I/O. */
export function holdsTurn(headers: IncomingHttpHeaders): boolean {
  const given = headers['opening-turn']
  if (typeof given !== 'string') return false
  const accountId = readSession(readSessionToken(headers) ?? '')?.accountId
  if (accountId === undefined) return false
  const [openingId, token] = [given.slice(0, UUID_LENGTH), given.slice(UUID_LENGTH + 1)]
  const expiresAtMs = readTurn({ token, openingId, accountId })
  return expiresAtMs !== null && Date.now() < expiresAtMs + CLOCKS_APART_MS
}
