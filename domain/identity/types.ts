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

export const loginProviders = ['kakao', 'naver'] as const
export type LoginProvider = (typeof loginProviders)[number]

/** `none`: a diner who has not asked. `refused`: an admin said no, and one may ask again. */
export type OwnerState = 'none' | 'waiting' | 'approved' | 'refused'

/** Everything somebody sees of their own account. */
export type AccountOverview = {
  id: string
  name: string
  email: string
  isConfirmed: boolean
  /** Mail to the address came back for good, or was called spam, since it was last confirmed. */
  isMailRefused: boolean
  /** An address that a link was mailed to and that is not used before somebody presses it. */
  pendingEmail: string | null
  phone: string | null
  locale: Locale
  role: 'DINER' | 'OWNER' | 'ADMIN'
  hasPassword: boolean
  ownerState: OwnerState
  /** The admin's words; null unless refused. */
  ownerRefusal: string | null
  logins: LoginProvider[]
}

/** Where somebody stands on the way to being an owner. */
export type OwnerApplication =
  | { state: 'DINER' | 'WAITING' | 'APPROVED' | 'ADMIN' }
  | { state: 'REFUSED' /** The admin's words. */; reason: string }
