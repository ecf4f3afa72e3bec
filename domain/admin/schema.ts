import { z } from 'zod'
import { cursorField, dateField, wordField } from '@/domain/identity/admin.schema'
import type { OutboxFigures } from '@/domain/notification/history.schema'
import type { OwnerRequest } from '@/domain/restaurant/owner-approval.schema'

/** A person's page has three lists, each with a page of its own. */
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

/** What the address of the audit log asks for. Dates are days in Korea, both included. */
export const auditLogQuery = z.object({
  /** An address or an id, exactly: who did it, or to whom it was done. */
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

/** One act, as the audit log tells it. Instants are ISO 8601, UTC. */
export type AuditLogLine = {
  id: string
  at: string
  /** Null: the service itself, or a deleted account. */
  actorId: string | null
  actorName: string | null
  actorRole: string
  /** Null: no trusted address header, or the service itself. */
  address: string | null
  restaurantId: string | null
  restaurantName: string | null
  subject: string
  subjectId: string
  /** Of the account it was about. Null: about something else, or a deleted account. */
  subjectName: string | null
  act: string
  /** Null: the subject came into being with this act. */
  fromStatus: string | null
  toStatus: string
  undoneAt: string | null
  /** Null: the act says it all. */
  details: Record<string, unknown> | null
}

/** Today as admins count it, from midnight in Korea, by the database's clock. */
export type TodayFigures = {
  booked: number
  walkIns: number
  cancelled: number
  newAccounts: number
  /** Owners with a confirmed address whom nobody has answered. */
  ownersWaiting: number
}

export type Overview = {
  today: TodayFigures
  outbox: OutboxFigures
  /** Those who wait longest. */
  owners: OwnerRequest[]
  /** The instant all of it was read at. */
  asOf: string
}
