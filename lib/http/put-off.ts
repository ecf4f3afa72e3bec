import { cookies } from 'next/headers'
import { cookieName, sessionCookieOptions } from './session'

const THIRTY_DAYS_SECONDS = 30 * 24 * 60 * 60

/** A notice that this browser's visitor has put off. */
type Notice = 'passkey'

const nameOf = (notice: Notice) => cookieName(`${notice}-later`)

export async function readPutOff(notice: Notice): Promise<boolean> {
  return (await cookies()).has(nameOf(notice))
}

/** Only in actions and handlers. */
export async function putOff(notice: Notice): Promise<void> {
  const jar = await cookies()
  jar.set(nameOf(notice), '1', { ...sessionCookieOptions(), maxAge: THIRTY_DAYS_SECONDS })
}
