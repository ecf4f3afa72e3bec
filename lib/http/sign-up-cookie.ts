import { cookies } from 'next/headers'
import { readLink, signLink } from '@/lib/crypto/link-token'
import { sessionCookieName, sessionCookieOptions } from './session'

/** As long as the link that is mailed with it. */
const THREE_DAYS_SECONDS = 3 * 24 * 60 * 60

function signUpCookieName(): string {
  return sessionCookieName().replace('session-token', 'sign-up')
}

/**
 * Remembers which sign-up this browser made, under our seal. It opens nothing; it tells, when the
 * mailed link is pressed, that whoever reads the mail also chose the password. Only in actions.
 */
export async function keepSignUp(id: string): Promise<void> {
  const jar = await cookies()
  const value = signLink({ kind: 'sign-up', id })
  jar.set(signUpCookieName(), value, { ...sessionCookieOptions(), maxAge: THREE_DAYS_SECONDS })
}

/** The sign-up this browser made; null when it made none. */
export async function readSignUp(): Promise<string | null> {
  const token = (await cookies()).get(signUpCookieName())?.value
  return token ? readLink({ kind: 'sign-up', token }) : null
}

/** It has told what it was for. Only in actions. */
export async function forgetSignUp(): Promise<void> {
  const jar = await cookies()
  jar.set(signUpCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 })
}
