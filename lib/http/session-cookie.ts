import { cookies } from 'next/headers'
import { type SessionClaims, signSession } from '@/lib/crypto/session-token'
import { deviceCookie } from './sealed-cookie'
import { formerCookieName, sessionCookieName, sessionCookieOptions } from './session'

/** Takes the session, and what an earlier version called it, from this browser. */
export async function forgetSession(): Promise<void> {
  const jar = await cookies()
  for (const name of [sessionCookieName(), formerCookieName()])
    if (name !== null) jar.set(name, '', { ...sessionCookieOptions(), maxAge: 0 })
}

/**
 * Keeps a session in this browser until it ends: after signing in, and after a change of what it
 * claims. The browser remembers the account. Only in actions and handlers.
 */
export async function keepSession(claims: SessionClaims): Promise<void> {
  await forgetSession()
  const jar = await cookies()
  const maxAge = Math.max(0, claims.endsAt - Math.floor(Date.now() / 1000))
  jar.set(sessionCookieName(), await signSession(claims), { ...sessionCookieOptions(), maxAge })
  await deviceCookie.remember(claims.email)
}
