import { randomUUID } from 'node:crypto'
import { cookies } from 'next/headers'
import {
  type LinkKind,
  readLink,
  readMailboxLink,
  signLink,
  signMailboxLink,
} from '@/lib/crypto/link-token'
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

async function write(kind: string, value: string, maxAge: number): Promise<void> {
  const jar = await cookies()
  jar.set(cookieName(kind), value, { ...sessionCookieOptions(), maxAge })
}

async function readValue(kind: string): Promise<string | undefined> {
  const jar = await cookies()
  const former = formerName(kind)
  return jar.get(cookieName(kind))?.value ?? (former === null ? undefined : jar.get(former)?.value)
}

function sealedCookie(kind: LinkKind): SealedCookie {
  return {
    keep: (id) => write(kind, signLink({ kind, id }), THREE_DAYS_SECONDS),
    read: async () => {
      const token = await readValue(kind)
      return token ? readLink({ kind, token }) : null
    },
    forget: async () => {
      const former = formerName(kind)
      if (former !== null)
        (await cookies()).set(former, '', { ...sessionCookieOptions(), maxAge: 0 })
      await write(kind, '', 0)
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

/** A browser's id for an account, by the account's address. Null: it has not signed in here. */
export type DeviceOf = (email: string) => string | null

/** As many as share a family's tablet; of more, those who signed in last. */
const MOST_ACCOUNTS = 5
/** As long as browsers keep a cookie. */
const YEAR_SECONDS = 365 * 24 * 60 * 60

async function readDeviceTokens(): Promise<string[]> {
  const kept = await readValue('device')
  return kept?.split('.').slice(0, MOST_ACCOUNTS) ?? []
}

const idIn = (token: string, email: string) => {
  const link = readMailboxLink({ kind: 'device', token })
  return link?.isMailedTo(email) ? link.id : null
}

/**
 * The accounts that have signed in on this browser, also after they signed out. It grants no access
 * and names no address: it keeps guesses made elsewhere from counting against this browser.
 */
export const deviceCookie = {
  /** Only in actions and handlers. The account that signed in last stands first. */
  async remember(email: string): Promise<void> {
    const tokens = await readDeviceTokens()
    const own = tokens.find((token) => idIn(token, email) !== null)
    const first = own ?? signMailboxLink({ kind: 'device', id: randomUUID(), mailbox: email })
    const others = tokens.filter((token) => token !== own)
    await write('device', [first, ...others].slice(0, MOST_ACCOUNTS).join('.'), YEAR_SECONDS)
  },
  async read(): Promise<DeviceOf> {
    const tokens = await readDeviceTokens()
    return (email) => tokens.map((token) => idIn(token, email)).find((id) => id !== null) ?? null
  },
}
