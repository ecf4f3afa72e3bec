import { jwtVerify, SignJWT } from 'jose'
import { env } from './env'

/** Sessions last 30 days. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60
const ISSUER = 'bobjool'

/** Who a session says it is. Enough for a diner's paths; what staff may do is read from the database. */
export type SessionClaims = {
  accountId: string
  email: string
  name: string
  role: 'DINER' | 'OWNER' | 'ADMIN'
  locale: 'ko' | 'en'
  /** The account's epoch when the session was made; an older one than the account's is over. */
  epoch: number
  /** An owner whom no admin has approved. A hint for menus; rights are read from the database. */
  awaitsApproval: boolean
}

const encoder = new TextEncoder()
let keys: Uint8Array[] | undefined

/** The first secret signs, all verify: a secret is rotated by putting a new one in front. */
function secrets(): Uint8Array[] {
  keys ??= env.AUTH_SECRET.map((secret) => encoder.encode(secret))
  return keys
}

export async function signSession(claims: SessionClaims): Promise<string> {
  const [key] = secrets()
  if (!key) throw new Error('AUTH_SECRET is empty')
  const { accountId, ...rest } = claims
  return new SignJWT(rest)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setSubject(accountId)
    .setIssuedAt()
    .setExpirationTime(`${SESSION_SECONDS} s`)
    .sign(key)
}

function isClaims(
  value: Record<string, unknown>,
): value is Record<string, unknown> & SessionClaims & { sub: string } {
  return (
    typeof value.sub === 'string' &&
    typeof value.email === 'string' &&
    typeof value.name === 'string' &&
    (value.role === 'DINER' || value.role === 'OWNER' || value.role === 'ADMIN') &&
    (value.locale === 'ko' || value.locale === 'en') &&
    Number.isInteger(value.epoch) &&
    typeof value.awaitsApproval === 'boolean'
  )
}

/** The claims of a token that we signed and that has not run out; null for anything else. */
export async function verifySession(token: string): Promise<SessionClaims | null> {
  for (const key of secrets()) {
    try {
      const { payload } = await jwtVerify(token, key, { issuer: ISSUER, algorithms: ['HS256'] })
      // Tokens of the release before epochs belong to the first one.
      const claims: Record<string, unknown> = { epoch: 0, awaitsApproval: false, ...payload }
      if (!isClaims(claims)) return null
      const { sub: accountId, email, name, role, locale, epoch, awaitsApproval } = claims
      return { accountId, email, name, role, locale, epoch, awaitsApproval }
    } catch {
      // Not signed with this key, run out, or no token at all: the next key, or nobody.
    }
  }
  return null
}
