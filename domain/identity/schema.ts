import { z } from 'zod'
import { typedField } from '@/lib/text/field'
import { tidyAddress, tidyName } from '@/lib/text/typed'
import { isPhoneShaped, stripPhone } from '@/lib/text/typed-phone'
import { isCommonPassword } from './password.rules'

/** Read as typed and in lower case, so that two spellings of an address are one account. */
export const email = typedField({
  read: (text) => tidyAddress(text).toLowerCase(),
  most: 254,
}).pipe(z.email())

/** A name shown to others: up to fifty characters, with no invisible characters. */
export const personName = typedField({ read: tidyName, least: 1, most: 50 })

/** As typed; commands read it as a number of its country. Null: an empty field. */
export const phone = z
  .string()
  .max(100)
  .transform((value) => stripPhone(value) || null)
  .refine((value) => value === null || isPhoneShaped(value), { error: 'not a phone number' })

/**
 * NIST SP 800-63B: only length counts, the password is neither cut nor changed, and there are no
 * composition rules.
 */
export const newPassword = z
  .string()
  .min(10, 'too-short')
  .max(200, 'too-long')
  .refine((password) => !isCommonPassword(password), 'common')

export const credentials = z.strictObject({
  email,
  // argon2 hashes any length; the bound keeps a stranger from slowing it down.
  password: z.string().min(1).max(200),
})
export type Credentials = z.infer<typeof credentials>

export const sessionAnswer = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime(),
  user: z.object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.enum(['DINER', 'OWNER', 'ADMIN']),
  }),
})
