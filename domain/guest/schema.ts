import { z } from 'zod'
import { email, personName, phone } from '@/domain/identity/schema'
import { locales } from '@/lib/i18n/locale'
import { typedKeyword } from '@/lib/text/field'

/** A person as they give themselves to staff. Without phone and address the same name is a new guest. */
export const newGuest = z.strictObject({
  name: personName,
  /** As typed; a number of the restaurant's country unless it says another. */
  phone: phone.transform((given) => given ?? undefined).optional(),
  email: email.optional(),
  /** Absent: as known, else Korean. */
  locale: z.enum(locales).optional(),
})
export type NewGuest = z.infer<typeof newGuest>

/** Whom a reservation is for: a guest the restaurant knows, or one that staff write down. */
export const guestRef = z.union([z.strictObject({ id: z.uuid() }), newGuest])
export type GuestRef = z.infer<typeof guestRef>

/** A person as one restaurant knows them. */
export const guest = z.object({
  id: z.uuid(),
  name: z.string(),
  /** As people of the restaurant's country write it. Null: none is known. */
  phone: z.string().nullable(),
  email: z.string().nullable(),
  locale: z.enum(locales),
})

export const guestSearch = z.strictObject({
  /**
   * Part of the name, its first consonants, or the end of the phone number; one letter or syllable: the
   * beginning of the name. Absent or empty: everybody.
   */
  search: typedKeyword({ most: 40 })
    .transform((text) => text || undefined)
    .optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
