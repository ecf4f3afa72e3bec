import { cookies } from 'next/headers'
import { readLink, signLink } from '@/lib/crypto/link-token'
import { sessionCookieName, sessionCookieOptions } from './session'

/** Valid as long as the link mailed with it. */
const THREE_DAYS_SECONDS = 3 * 24 * 60 * 60

function signUpCookieName(): string {
  return sessionCookieName().replace('session-token', 'sign-up')
}

/**
 * Remembers this browser's sign-up in a signed cookie. It grants no access; when the mailed link is
 * opened, it shows that the mail's reader also chose the password. Only in actions.
 */
export async function keepSignUp(id: string): Promise<void> {
  const jar = await cookies()
  const value = signLink({ kind: 'sign-up', id })
  jar.set(signUpCookieName(), value, { ...sessionCookieOptions(), maxAge: THREE_DAYS_SECONDS })
}

/** The sign-up made in this browser. Null: none. */
export async function readSignUp(): Promise<string | null> {
  const token = (await cookies()).get(signUpCookieName())?.value
  return token ? readLink({ kind: 'sign-up', token }) : null
}

/** Forgets the sign-up once it has served its purpose. Only in actions. */
export async function forgetSignUp(): Promise<void> {
  const jar = await cookies()
  jar.set(signUpCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 })
}
