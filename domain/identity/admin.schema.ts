import { z } from 'zod'
import { typedKeyword, typedText } from '@/lib/text/field'

/** An admin's reason, which people read in their mail or in the audit log. */
export const reason = typedText({ least: 1, most: 500 })

/** A search word from an address; an empty form field searches for nothing. */
export const searchWord = typedKeyword({ most: 200 }).transform((text) => text || null)

/** An instant and an id, the sort key of lists by time. Limited to years that Postgres supports. */
export const momentKey = z.tuple([z.iso.datetime().regex(/^[12]/), z.uuid()])

/** A page ignores a cursor it does not understand. */
export const cursorField = z.string().max(500).nullable().catch(null).default(null)
export const wordField = searchWord.nullable().catch(null).default(null)
export const dateField = z.iso.date().regex(/^[12]/).nullable().catch(null).default(null)

/**
 * The account that acts as an admin, and its network address; its role is read from the database.
 */
export type AdminActor = {
  accountId: string
  /** The network address the platform vouches for, or null. */
  address: string | null
}
