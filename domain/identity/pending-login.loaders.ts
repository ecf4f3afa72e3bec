import { cookies } from 'next/headers'
import { z } from 'zod'
import { openValue, sealValue } from '@/lib/crypto/sealed-value'
import { cookieName, sessionCookieOptions } from '@/lib/http/session'
import type { ExternalPerson } from './external-login.schema'
import { email, personName } from './schema'
import { loginProviders } from './types'

/** Long enough to read the terms. */
const TEN_MINUTES_SECONDS = 600

const pendingLogin = z.object({
  person: z.object({
    provider: z.enum(loginProviders),
    subject: z.string(),
    name: personName.nullable(),
    email: email.nullable(),
    isEmailVerified: z.boolean(),
  }),
  path: z.string(),
})

/** A person new from Kakao or Naver, and the page they came from. */
export type PendingLogin = { person: ExternalPerson; path: string }

const nameOf = () => cookieName('pending-login')

async function write(value: string, maxAge: number): Promise<void> {
  const jar = await cookies()
  jar.set(nameOf(), value, { ...sessionCookieOptions(), maxAge })
}

/**
 * What a provider said of a person who has not agreed to the terms yet. Their own browser keeps it,
 * sealed, so that nothing is stored of somebody who does not go on.
 */
export const pendingLoginCookie = {
  /** Only in actions and handlers. */
  keep: (pending: PendingLogin) => {
    const until = new Date(Date.now() + TEN_MINUTES_SECONDS * 1_000)
    return write(sealValue({ value: pending, until }), TEN_MINUTES_SECONDS)
  },
  /** Null: none, over, or not sealed by us. */
  read: async (): Promise<PendingLogin | null> => {
    const sealed = (await cookies()).get(nameOf())?.value
    if (!sealed) return null
    return pendingLogin.safeParse(openValue({ sealed, now: new Date() })).data ?? null
  },
  /** Only in actions and handlers. */
  forget: () => write('', 0),
}
