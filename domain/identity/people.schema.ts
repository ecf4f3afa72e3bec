import { z } from 'zod'
import { cursorField, wordField } from './admin.schema'

/** What the address of the list of people asks for. */
export const peopleQuery = z.object({
  keyword: wordField,
  role: z.enum(['DINER', 'OWNER', 'ADMIN']).nullable().catch(null).default(null),
  cursor: cursorField,
})
export type PeopleQuery = z.infer<typeof peopleQuery>

export const someone = z.strictObject({ accountId: z.uuid() })
