import { z } from 'zod'
import type { SessionClaims } from '@/lib/crypto/session-token'
import { email, personName } from './schema'
import { type LoginProvider, loginProviders } from './types'

/** What a provider sends is a stranger's word: a part that can't be used is left out. */
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

/** Naver says nothing about who reads the address's mail. */
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

/** Who the profile of a provider is about; null when it names nobody. */
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
