import { z } from 'zod'
import { cursorField, dateField, wordField } from '@/domain/identity/admin.schema'
import type { OutboxFigures } from '@/domain/notification/history.schema'
import type { OwnerRequest } from '@/domain/restaurant/owner-approval.schema'

/** A person's page has three lists, each paged separately. */
export const personQuery = z.object({
  reservations: cursorField,
  notices: cursorField,
})

const name = z
  .string()
  .regex(/^[A-Z_]{1,40}$/)
  .nullable()
  .catch(null)
  .default(null)

/** The audit log's URL parameters. Dates are days in Korea, both inclusive. */
export const auditLogQuery = z.object({
  /** An exact address or id, of the actor or of the person acted on. */
  person: wordField,
  /** A slug or an id. */
  restaurant: wordField,
  subject: name,
  act: name,
  from: dateField,
  until: dateField,
  cursor: cursorField,
})
export type AuditLogQuery = z.infer<typeof auditLogQuery>

/** One act as the audit log shows it. Instants are ISO 8601, UTC. */
export type AuditLogLine = {
  id: string
  at: string
  /** Null: the service itself, or a deleted account. */
  actorId: string | null
  actorName: string | null
  actorRole: string
  /** Null: no trusted address header, or the service itself acted. */
  address: string | null
  restaurantId: string | null
  restaurantName: string | null
  subject: string
  subjectId: string
  /**
   * The name of the account acted on. Null: the subject is no account, or the account is deleted.
   */
  subjectName: string | null
  act: string
  /** Null: the act created its subject. */
  fromStatus: string | null
  toStatus: string
  undoneAt: string | null
  /** Null: the act needs no details. */
  details: Record<string, unknown> | null
}

/** Today's figures for admins, from midnight in Korea, by the database's clock. */
export type TodayFigures = {
  booked: number
  walkIns: number
  cancelled: number
  newAccounts: number
  /** Owners with a confirmed address whose application is still unanswered. */
  ownersWaiting: number
}

export type Overview = {
  today: TodayFigures
  outbox: OutboxFigures
  /** When the last backup ended. Null: the operator reports none. */
  lastBackupAt: string | null
  /** The longest-waiting owners. */
  owners: OwnerRequest[]
  /** The instant at which all of it was read. */
  asOf: string
}
