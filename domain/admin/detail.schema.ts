import { z } from 'zod'
import { cursorField } from '@/domain/identity/admin.schema'

/** A person's page has three lists, each with a page of its own. */
export const personQuery = z.object({
  reservations: cursorField,
  notices: cursorField,
})
