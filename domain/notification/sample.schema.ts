import { z } from 'zod'
import { locales } from '@/lib/i18n/locale'
import { mailKinds } from './types'

/** Not `locale`: that is the language of the page that asks. */
export const sampleForm = z.strictObject({ kind: z.enum(mailKinds), language: z.enum(locales) })
