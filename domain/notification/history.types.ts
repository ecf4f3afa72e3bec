import type { NoticeState } from '@/prisma/generated/client'

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
