import { randomUUID } from 'node:crypto'
import { cookies } from 'next/headers'
import { type LinkKind, readLink, signLink } from '@/lib/crypto/link-token'
import { cookieName, formerName, sessionCookieOptions } from './session'

/** Valid as long as the longest-lived link mailed with it. */
const THREE_DAYS_SECONDS = 3 * 24 * 60 * 60

/** A row's id that this browser keeps under our seal: nobody can make one up. */
export type SealedCookie = {
  /** Only in actions and handlers. */
  keep: (id: string) => Promise<void>
  /** Null: none, or not sealed by us. */
  read: () => Promise<string | null>
  /** Only in actions and handlers. */
  forget: () => Promise<void>
}

function sealedCookie(kind: LinkKind): SealedCookie {
  const write = async (value: string, maxAge: number) => {
    const jar = await cookies()
    jar.set(cookieName(kind), value, { ...sessionCookieOptions(), maxAge })
  }
  const readToken = async () => {
    const jar = await cookies()
    const former = formerName(kind)
    return (
      jar.get(cookieName(kind))?.value ?? (former === null ? undefined : jar.get(former)?.value)
    )
  }
  return {
    keep: (id) => write(signLink({ kind, id }), THREE_DAYS_SECONDS),
    read: async () => {
      const token = await readToken()
      return token ? readLink({ kind, token }) : null
    },
    forget: async () => {
      const former = formerName(kind)
      if (former !== null)
        (await cookies()).set(former, '', { ...sessionCookieOptions(), maxAge: 0 })
      await write('', 0)
    },
  }
}

/**
 * The sign-up made in this browser. It grants no access; when the mailed link is opened, it shows
 * that the mail's reader also chose the password.
 */
export const signUpCookie = sealedCookie('sign-up')

/**
 * The mail this browser asked for last. With it alone a browser learns what became of its mail; its
 * code and its number work nowhere else.
 */
export const linkRequestCookie = sealedCookie('link-request')

/** Names this browser to the challenges that its passkeys answer. It grants no access. */
export const passkeyCookie = sealedCookie('passkey')

/** The id by which challenges name this browser, kept from now on. Only in actions and handlers. */
export async function keepPasskeyBrowser(): Promise<string> {
  const known = await passkeyCookie.read()
  const browserId = known ?? randomUUID()
  if (known === null) await passkeyCookie.keep(browserId)
  return browserId
}
