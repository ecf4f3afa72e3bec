import type { SessionClaims } from '@/lib/crypto/session-token'
import type { LoginProvider } from './profile.types'

/** Who somebody is at Kakao or Naver, as far as we believe it. */
export type ExternalPerson = {
  provider: LoginProvider
  /** The provider's own id of them; never changes. */
  subject: string
  /** Null: they gave none that can be shown. */
  name: string | null
  /** Null: they did not agree to share it. */
  email: string | null
  /** The provider says that they read this address's mail. */
  isEmailVerified: boolean
}

/** Either somebody is in, or a mail has to be pressed first, of which nothing more is told. */
export type ExternalEntry =
  | { isIn: true; claims: SessionClaims }
  | { isIn: false; signUpId: string }
