import { z } from 'zod'
import { locales } from '@/lib/i18n/locale'
import { personName, phone } from './schema'

/** What is absent stays as it is. */
export const profileChange = z.strictObject({
  name: personName.optional(),
  phone: phone.optional(),
})
export type ProfileChange = z.infer<typeof profileChange>

/** Not `locale`: that is the language of the page that asks. */
export const languageChange = z.strictObject({ language: z.enum(locales) })
