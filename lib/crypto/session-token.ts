import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

/** A token lasts 30 days; its session may be renewed, and is over after 90 days whatever is done. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60
export const SESSION_LIFE_SECONDS = 90 * 24 * 60 * 60
const ISSUER = 'bobjool'

/** What a session says of its account. Enough for a diner's paths; staff rights are read anew. */
export type AccountClaims = {
  accountId: string
  email: string
  name: string
  role: 'DINER' | 'OWNER' | 'ADMIN'
  locale: 'ko' | 'en'
  /** The account's epoch when the session was made. A session with an older epoch has ended. */
  epoch: number
  /** An owner no admin has approved yet. A hint for menus; rights are read from the database. */
  awaitsApproval: boolean
}

export type SessionClaims = AccountClaims & {
  /** The session's row. Null: a token from before sessions had rows. */
  sessionId: string | null
  /** When the token expires, in seconds since 1970. Signing its claims again does not prolong it. */
  endsAt: number
}

const HEADER = encode({ alg: 'HS256' })

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/**
 * HMAC-SHA-256 by `node:crypto`, which is synchronous, rather than the Web Crypto API, which uses
 * the thread pool: every request on the hot paths verifies a session, and this takes 0.01 ms.
 */
function seal({ said, secret }: { said: string; secret: string }): Buffer {
  return createHmac('sha256', secret).update(said).digest()
}

/**
 * A JSON Web Token (RFC 7519) with HS256. The first secret signs and all verify, so an operator
 * rotates secrets by putting a new one in front.
 */
export async function signSession(claims: SessionClaims): Promise<string> {
  const [secret] = env.AUTH_SECRET
  if (!secret) throw new Error('AUTH_SECRET is empty')
  const { accountId, sessionId, endsAt: exp, ...rest } = claims
  const iat = Math.floor(Date.now() / 1000)
  const session = sessionId === null ? {} : { sid: sessionId }
  const payload = encode({ ...rest, ...session, iss: ISSUER, sub: accountId, iat, exp })
  const said = `${HEADER}.${payload}`
  return `${said}.${seal({ said, secret }).toString('base64url')}`
}

function isClaims(
  value: Record<string, unknown>,
): value is Record<string, unknown> & AccountClaims & { sub: string; sid?: string } {
  return (
    typeof value.sub === 'string' &&
    typeof value.email === 'string' &&
    typeof value.name === 'string' &&
    (value.role === 'DINER' || value.role === 'OWNER' || value.role === 'ADMIN') &&
    (value.locale === 'ko' || value.locale === 'en') &&
    Number.isInteger(value.epoch) &&
    typeof value.awaitsApproval === 'boolean' &&
    (value.sid === undefined || typeof value.sid === 'string')
  )
}

/** One part of a token, parsed as a JSON object. Null for anything else. */
function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

function isSealed({ said, given }: { said: string; given: string }): boolean {
  // Exactly the 43 letters of 32 bytes, so that each token has one spelling.
  if (!/^[\w-]{43}$/.test(given)) return false
  const bytes = Buffer.from(given, 'base64url')
  if (bytes.toString('base64url') !== given) return false
  return env.AUTH_SECRET.some((secret) => timingSafeEqual(bytes, seal({ said, secret })))
}

/** The claims of a token that we signed and that has not expired. Null for anything else. */
export async function verifySession(token: string): Promise<SessionClaims | null> {
  return readSession(token)
}

/** The same for a caller that can't wait: nothing in it does. */
export function readSession(token: string): SessionClaims | null {
  const [header = '', payload = '', given = '', ...more] = token.split('.')
  if (more.length > 0 || !isSealed({ said: `${header}.${payload}`, given })) return null
  const { alg, crit } = decode(header) ?? {}
  const decoded = decode(payload)
  if (alg !== 'HS256' || crit !== undefined || decoded === null) return null
  const { iss, exp, nbf } = decoded
  const nowSeconds = Math.floor(Date.now() / 1000)
  if (iss !== ISSUER || typeof exp !== 'number' || exp <= nowSeconds) return null
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= nowSeconds)) return null
  // Tokens issued before epochs existed belong to the first epoch.
  const claims: Record<string, unknown> = { epoch: 0, awaitsApproval: false, ...decoded }
  if (!isClaims(claims)) return null
  const { sub: accountId, sid: sessionId = null, email, name, role, locale } = claims
  const { epoch, awaitsApproval } = claims
  return { accountId, email, name, role, locale, epoch, awaitsApproval, sessionId, endsAt: exp }
}
