import { z } from 'zod'

/**
 * Why something was done, in the admin's words; people read it in their mail or in the audit log.
 */
export const reason = z
  .string()
  .max(500)
  .refine((text) => !text.includes('\0'), { error: 'must not contain NUL' })
  .trim()
  .min(1)

/**
 * A word to look for, from an address. Macs type Korean decomposed and the database holds it
 * composed; Postgres has no text with NUL in it; an empty field of a form asks for nothing.
 */
export const searchWord = z
  .string()
  .max(200)
  .refine((text) => !text.includes('\0'), { error: 'must not contain NUL' })
  .normalize('NFC')
  .trim()
  .transform((text) => text || null)

/** An instant and an id, which lists by time are ordered by. Years that Postgres knows. */
export const momentKey = z.tuple([z.iso.datetime().regex(/^[12]/), z.uuid()])

/** Pages show what they understand of an address; the rest asks for nothing. */
export const cursorField = z.string().max(500).nullable().catch(null).default(null)
export const wordField = searchWord.nullable().catch(null).default(null)
export const dateField = z.iso.date().regex(/^[12]/).nullable().catch(null).default(null)

/** Who acts as an admin, and from where; whether they are one is read from the database. */
export type AdminActor = {
  accountId: string
  /** The network address the platform vouches for, or null. */
  address: string | null
}
