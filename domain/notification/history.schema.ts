import { z } from 'zod'
import { cursorField, dateField, wordField } from '@/domain/identity/admin.schema'
import { locales } from '@/lib/i18n/locale'
import type { NoticeState } from '@/prisma/generated/client'
import { mailKinds, noticeKinds } from './types'

export const noticeStates = ['QUEUED', 'SENT', 'DEAD', 'DROPPED'] as const

/** The query of a history; invalid parts are ignored. */
export const noticeQuery = z.object({
  /** An exact address or id. */
  person: wordField,
  kind: z.enum(noticeKinds).nullable().catch(null).default(null),
  state: z.enum(noticeStates).nullable().catch(null).default(null),
  /** A day in Korea for admins, in the restaurant's time zone for its owners. */
  day: dateField,
  cursor: cursorField,
  /** The notice whose text is shown above the list. */
  shown: z.uuid().nullable().catch(null).default(null),
})
export type NoticeQuery = z.infer<typeof noticeQuery>

/** A notice to a person, without its text. Instants are ISO 8601, UTC. */
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
  /** The event that made it obsolete. Null: not dropped. */
  droppedBecause: string | null
  /** Not sent before this instant. */
  dueAt: string
  channel: string
  /** Why this channel was chosen. Null: its kind has no other. */
  routedBecause: string | null
  /** A provider has reported a bounce. */
  isBounced: boolean
}

/** Unsent notices, by the database's clock. Null instants: there are none. */
export type OutboxFigures = {
  waiting: number
  oldestWaitingAt: string | null
  failed: number
  oldestFailedAt: string | null
}

/**
 * A notice as its recipient reads it, without links that grant access. Null text: erased with its
 * person.
 */
export type NoticeRecord = { id: string; subject: string; text: string | null }

/** Not called `locale`, which is the language of the requesting page. */
export const sampleForm = z.strictObject({ kind: z.enum(mailKinds), language: z.enum(locales) })
