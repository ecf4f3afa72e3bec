import { isIP } from 'node:net'
import { type SessionClaims, verifySession } from '@/lib/crypto/session-token'
import { env } from '@/lib/env'

const isHttps = () => env.APP_URL?.startsWith('https://') ?? false

/**
 * The session's cookie, or another of ours. Over https with the prefix by which browsers refuse it
 * from another host, another path or without encryption.
 */
export function cookieName(kind: string): string {
  return isHttps() ? `__Host-bobjool.${kind}` : `bobjool.${kind}`
}

/** What versions before called it over https. Null: it has always had its name. */
export function formerName(kind: string): string | null {
  return isHttps() ? `__Secure-bobjool.${kind}` : null
}

export const sessionCookieName = () => cookieName('session-token')
export const formerCookieName = () => formerName('session-token')

/** The options of the session cookie, wherever it is set. */
export function sessionCookieOptions() {
  return {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isHttps(),
  } as const
}

export type Visitor = SessionClaims & {
  by: 'cookie' | 'bearer'
  /**
   * The operator has people of this role show a passkey, and this session has not seen one. False
   * also where nothing was looked up.
   */
  awaitsPasskey: boolean
  /** Several people share the device. False also where nothing was looked up. */
  isShared: boolean
  /**
   * On a shared device the person has not proved lately who they are, and what they can do so with
   * beside a mailed code. Null: they have, or the device is their own.
   */
  awaitsProof: ProofWays | null
}

export type ProofWays = { hasPassword: boolean; hasPasskey: boolean }

/** Of a visitor by their token alone. */
const UNREAD = { awaitsPasskey: false, isShared: false, awaitsProof: null } as const

/** Reads the visitor, or null. Each reader decides how much it looks up. */
export type VisitorReader = (headers: Headers) => Promise<Visitor | null>

export function readCookie(header: string | null, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}

/**
 * A cookie by its former name counts only with a token from before sessions had rows. The last of
 * those expires 30 days after the deployment that stopped giving them.
 */
async function readCookieSession(header: string | null): Promise<SessionClaims | null> {
  const token = readCookie(header, sessionCookieName())
  if (token) return verifySession(token)
  const name = formerCookieName()
  const former = name === null ? undefined : readCookie(header, name)
  const claims = former ? await verifySession(former) : null
  return claims?.sessionId === null ? claims : null
}

/**
 * The visitor, from the bearer token or the session cookie alone: no database, no cache. It can't
 * know that the session was ended elsewhere, so it is only for requests that the database itself
 * checks (a booking) or that reveal nothing.
 */
export async function readVisitor(headers: Headers): Promise<Visitor | null> {
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const claims = /^Bearer [\w.-]+$/i.test(authorization)
      ? await verifySession(authorization.slice(7))
      : null
    return claims && { ...claims, by: 'bearer', ...UNREAD }
  }
  const claims = await readCookieSession(headers.get('cookie'))
  return claims && { ...claims, by: 'cookie', ...UNREAD }
}

/**
 * Whether a request that changes something may use its cookie: only from our own pages (OWASP,
 * cross-site request forgery: a request that names no origin is refused).
 */
export function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin === null) return headers.get('sec-fetch-site') === 'same-origin'
  const hosts = [new URL(env.APP_URL).host, headers.get('host')]
  try {
    return hosts.includes(new URL(origin).host)
  } catch {
    return false
  }
}

/**
 * Whether another site's page caused a request that only reads: it may link to our pages, but has no
 * reason to make a browser fetch a person's data.
 */
export function isFromOtherSite(headers: Headers): boolean {
  return headers.get('sec-fetch-site') === 'cross-site'
}

/**
 * The network address the platform vouches for, IPv6 by its /64, or null. Without a trusted header
 * there is no per-address limit, because the sender can forge any other header.
 */
export function readTrustedAddress(headers: Headers): string | null {
  if (!env.TRUSTED_ADDRESS_HEADER) return null
  const last = headers.get(env.TRUSTED_ADDRESS_HEADER)?.split(',').at(-1)?.trim() ?? ''
  switch (isIP(last)) {
    case 4:
      return last
    case 6:
      return networkOf(last)
    default:
      return null
  }
}

/** The first 64 bits of an IPv6 address: the range one household or phone gets. */
function networkOf(address: string): string {
  const [head = '', tail = ''] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const missing = address.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
