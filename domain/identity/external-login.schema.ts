import { z } from 'zod'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { email, personName } from './schema'
import { type LoginProvider, loginProviders } from './types'

/** A provider's data is untrusted: an unusable part is dropped. */
const name = personName.nullish().catch(null)
const address = email.nullish().catch(null)

const kakaoProfile = z.object({
  id: z.union([z.int().positive(), z.string().regex(/^\d{1,20}$/)]).transform(String),
  kakao_account: z
    .object({
      email: address,
      is_email_valid: z.boolean().catch(false),
      is_email_verified: z.boolean().catch(false),
      profile: z.object({ nickname: name }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})

const naverProfile = z.object({
  response: z.object({
    id: z.string().regex(/^[\w-]{1,200}$/),
    nickname: name,
    name,
    email: address,
  }),
})

function readKakao(profile: unknown): ExternalPerson | null {
  const read = kakaoProfile.safeParse(profile).data
  if (!read) return null
  const account = read.kakao_account
  return {
    provider: 'kakao',
    subject: read.id,
    name: account?.profile?.nickname ?? null,
    email: account?.email ?? null,
    isEmailVerified: account?.is_email_valid === true && account.is_email_verified,
  }
}

/** Naver does not say whether the address is verified. */
function readNaver(profile: unknown): ExternalPerson | null {
  const read = naverProfile.safeParse(profile).data?.response
  return read
    ? {
        provider: 'naver',
        subject: read.id,
        name: read.nickname ?? read.name ?? null,
        email: read.email ?? null,
        isEmailVerified: false,
      }
    : null
}

/** Reads the person from a provider's profile. Null: it names none. */
export function readExternalPerson({
  provider,
  profile,
}: {
  provider: LoginProvider
  profile: unknown
}): ExternalPerson | null {
  return provider === 'kakao' ? readKakao(profile) : readNaver(profile)
}

export const disconnecting = z.strictObject({ provider: z.enum(loginProviders) })

/** A person as Kakao or Naver describes them, as far as we trust it. */
export type ExternalPerson = {
  provider: LoginProvider
  /** The provider's own id for them; never changes. */
  subject: string
  /** Null: they gave no displayable name. */
  name: string | null
  /** Null: they did not agree to share it. */
  email: string | null
  /** The provider vouches that they read this address's mail. */
  isEmailVerified: boolean
}

/** Either the person is signed in, or must first use a mailed link; nothing more is revealed. */
export type ExternalEntry =
  | { isIn: true; claims: AccountClaims }
  | { isIn: false; signUpId: string }
