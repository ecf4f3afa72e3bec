import { z } from 'zod'
import { cursorField, wordField } from '@/domain/identity/admin.schema'
import { houseStates } from './directory.types'

/** What the address of the list of restaurants asks for. */
export const houseQuery = z.object({
  keyword: wordField,
  state: z.enum(houseStates).nullable().catch(null).default(null),
  cursor: cursorField,
})
export type HouseQuery = z.infer<typeof houseQuery>
