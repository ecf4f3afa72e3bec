import { z } from 'zod'
import { locales } from '@/lib/i18n/locale'
import { linkToken } from './link.schema'
import { email, newPassword, personName, phone } from './schema'

/** What is absent stays as it is. */
export const profileChange = z.strictObject({
  name: personName.optional(),
  phone: phone.optional(),
})
export type ProfileChange = z.infer<typeof profileChange>

/** Not `locale`: that is the language of the page that asks. */
export const languageChange = z.strictObject({ language: z.enum(locales) })

export const addressChange = z.strictObject({ email })

export const passwordByLink = z.strictObject({ token: linkToken, password: newPassword })

/** Absent: the account has none yet. */
export const presentPassword = z.string().max(200).optional()

export const passwordChange = z.strictObject({ presentPassword, newPassword })

/** An act on one's own account that says it all: what else is sent is refused. */
export const nothing: z.ZodType<object, object> = z.strictObject({})
