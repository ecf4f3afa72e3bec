import type { SessionClaims } from '@/lib/crypto/session-token'
import type { Locale } from '@/lib/i18n/locale'

declare module 'next-auth' {
  interface User {
    claims: SessionClaims
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    claims?: SessionClaims
  }
}

/** What a token says of its session, by which it is judged. */
export type SessionRef = Pick<SessionClaims, 'accountId' | 'epoch' | 'sessionId'>

/** A signed-in device, as its account's owner sees it. */
export type OwnSession = {
  id: string
  /** Names of ours, for `describeDevice`. */
  browser: string
  system: string
  /** Whole hours since it was last used, by the database's clock. */
  hoursAgo: number
  /** The one that asks. */
  isThis: boolean
}

/** How a person proved who they are. Kakao and Naver prove nothing to us at a given instant. */
export type Proof = 'PASSWORD' | 'MAIL' | 'PASSKEY'

export const loginProviders = ['kakao', 'naver'] as const
export type LoginProvider = (typeof loginProviders)[number]

/**
 * `none`: a diner who has not applied. `refused`: an admin refused, and the diner may apply again.
 */
export type OwnerState = 'none' | 'waiting' | 'approved' | 'refused'

/** Everything a person sees of their own account. */
export type AccountOverview = {
  id: string
  name: string
  email: string
  isConfirmed: boolean
  /**
   * Since the address was last confirmed, mail to it has bounced permanently or was reported as
   * spam.
   */
  isMailRefused: boolean
  /** A new address that takes effect once the link mailed to it is used. */
  pendingEmail: string | null
  phone: string | null
  locale: Locale
  role: 'DINER' | 'OWNER' | 'ADMIN'
  hasPassword: boolean
  /** Every way in but a passkey asks for one afterwards. */
  needsPasskey: boolean
  ownerState: OwnerState
  /** The admin's reason. Null: not refused. */
  ownerRefusal: string | null
  logins: LoginProvider[]
}

/** A passkey as its person sees it. */
export type OwnPasskey = {
  id: string
  name: string
  createdDate: string
  /** Null: not used yet. */
  lastUsedDate: string | null
}

/** A person's progress towards becoming an owner. */
export type OwnerApplication =
  | { state: 'DINER' | 'WAITING' | 'APPROVED' | 'ADMIN' }
  | { state: 'REFUSED' /** The admin's words. */; reason: string }
