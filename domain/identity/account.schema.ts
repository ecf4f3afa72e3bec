import { z } from 'zod'
import { locales } from '@/lib/i18n/locale'
import { agreementGiven } from './agreement.schema'
import { linkToken } from './link.schema'
import { email, newPassword, personName, phone } from './schema'

/** An absent field stays unchanged. */
export const profileChange = z.strictObject({
  name: personName.optional(),
  phone: phone.optional(),
})
export type ProfileChange = z.infer<typeof profileChange>

/** Not called `locale`, which is the language of the requesting page. */
export const languageChange = z.strictObject({ language: z.enum(locales) })

export const addressChange = z.strictObject({ email })

/** Where the mail's reader has not agreed to the terms yet, they have to say so. */
export const passwordByLink = z.strictObject({
  token: linkToken,
  password: newPassword,
  agreement: agreementGiven.optional(),
})

/** Absent: the account has no password yet. */
export const presentPassword = z.string().max(200).optional()

export const passwordChange = z.strictObject({ presentPassword, newPassword })

/** The input of an action that needs none; any field is refused. */
export const nothing: z.ZodType<object, object> = z.strictObject({})
