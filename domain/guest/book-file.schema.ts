import { z } from 'zod'
import { locales } from '@/lib/i18n/locale'
import { consentWays } from './entry.types'

/** A line of the guest book as a file: what staff have written down about one person. */
export const bookLine = z.object({
  name: z.string(),
  /** As people of the restaurant's country write it. */
  phone: z.string().nullable(),
  email: z.string().nullable(),
  locale: z.enum(locales),
  tags: z.array(z.string()),
  note: z.string().nullable(),
  allergies: z.string().nullable(),
  dislikes: z.string().nullable(),
  /** How the guest agreed that allergies and dislikes are kept. Null: none are. */
  consentWay: z.enum(consentWays).nullable(),
  /** The day of that consent, in the restaurant's time zone. */
  consentDate: z.iso.date().nullable(),
})
export type BookLine = z.infer<typeof bookLine>
export type BookColumn = keyof BookLine

export const bookExport = z.object({ items: z.array(bookLine) })
