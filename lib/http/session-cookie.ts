import { cookies } from 'next/headers'
import { SESSION_SECONDS, type SessionClaims, signSession } from '@/lib/crypto/session-token'
import { sessionCookieName, sessionCookieOptions } from './session'

/**
 * Signs this browser in with what the account says now, for another thirty days: after a change of
 * what sessions carry, and where somebody comes in without a password. Only in actions and handlers.
 */
export async function keepSession(claims: SessionClaims): Promise<void> {
  const token = await signSession(claims)
  const jar = await cookies()
  jar.set(sessionCookieName(), token, { ...sessionCookieOptions(), maxAge: SESSION_SECONDS })
}
