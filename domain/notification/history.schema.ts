import { z } from 'zod'
import { cursorField, dateField, wordField } from '@/domain/identity/admin.schema'
import { locales } from '@/lib/i18n/locale'
import type { NoticeState } from '@/prisma/generated/client'
import { mailKinds, noticeKinds } from './types'

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

/** What somebody was told, without the text. Instants are ISO 8601, UTC. */
export type NoticeLine = {
  id: string
  kind: string
  recipient: string
  state: NoticeState
  queuedAt: string
  /** Null: not accepted by a mail server yet. */
  sentAt: string | null
  attempts: number
  /** Null: no attempt has failed. */
  lastError: string | null
  /** What overtook it. Null: not dropped. */
  droppedBecause: string | null
  /** Not sent before. */
  dueAt: string
  channel: string
  /** Why this channel. Null: its kind has no other. */
  routedBecause: string | null
  /** A provider has reported that it came back. */
  isBounced: boolean
}

/** What has not gone out, by the database's clock. Null instants: there is none. */
export type OutboxFigures = {
  waiting: number
  oldestWaitingAt: string | null
  failed: number
  oldestFailedAt: string | null
}

/** A notice as it reads; links that open doors are left out. Null text: erased with its person. */
export type NoticeRecord = { id: string; subject: string; text: string | null }

/** Not `locale`: that is the language of the page that asks. */
export const sampleForm = z.strictObject({ kind: z.enum(mailKinds), language: z.enum(locales) })
