import { z } from 'zod'
import { cursorField, dateField, wordField } from '@/domain/identity/admin.schema'
import { noticeKinds } from './types'

export const noticeStates = ['QUEUED', 'SENT', 'DEAD', 'DROPPED'] as const

/** What the address of a history asks for; what it doesn't understand asks for nothing. */
export const noticeQuery = z.object({
  /** An address or an id, exactly. */
  person: wordField,
  kind: z.enum(noticeKinds).nullable().catch(null).default(null),
  state: z.enum(noticeStates).nullable().catch(null).default(null),
  /** A day in Korea for admins, in the restaurant's zone for its owners. */
  day: dateField,
  cursor: cursorField,
  /** The notice whose text is shown above the list. */
  shown: z.uuid().nullable().catch(null).default(null),
})
export type NoticeQuery = z.infer<typeof noticeQuery>
