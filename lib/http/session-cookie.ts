import { cookies } from 'next/headers'
import { SESSION_SECONDS, type SessionClaims, signSession } from '@/lib/crypto/session-token'
import { sessionCookieName, sessionCookieOptions } from './session'

/**
 * Signs this browser in with the account's current claims for another thirty days: after a change
 * to the claims, and where a person signs in without a password. Only in actions and handlers.
 */
export async function keepSession(claims: SessionClaims): Promise<void> {
  const token = await signSession(claims)
  const jar = await cookies()
  jar.set(sessionCookieName(), token, { ...sessionCookieOptions(), maxAge: SESSION_SECONDS })
}
