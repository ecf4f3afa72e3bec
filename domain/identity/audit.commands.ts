import { afterCommit, type Transaction } from '@/lib/db/transaction'
import { noteSecurity } from '@/lib/security/security-log'
import type { ActOn, AuditActor, AuditedAct, AuditedEvent } from './audit.types'

/** The service itself acts. */
export const SERVICE: AuditActor = { accountId: null, role: 'SERVICE', address: null }

type Recording = AuditedAct & {
  actor: AuditActor
  /** Absent: the act concerns no restaurant. */
  restaurantId?: string | null
  /** Absent: the database assigns one. */
  id?: string
  /** By the database's clock. Absent: now, but later than the subject's newest act. */
  at?: Date
}

/**
 * Records an act in the caller's transaction (G11). An undo can't be undone: it is stored as
 * already undone.
 *
 * The acts of a subject are in the order of the lock that they wait for, not of the transactions'
 * starts: one that waited happens after the one it waited for. The caller holds that lock.
 */
export async function recordAct(tx: Transaction, recording: Recording): Promise<AuditedEvent> {
  const {
    actor,
    restaurantId = null,
    subject,
    subjectId,
    act,
    to,
    id = null,
    at = null,
  } = recording
  const from = 'from' in recording ? (recording.from ?? null) : null
  const details = 'details' in recording ? JSON.stringify(recording.details) : null
  const [event] = await tx.$queryRaw<AuditedEvent[]>`
    INSERT INTO audit_events (id, at, actor_id, actor_role, address, restaurant_id, subject, subject_id,
                              act, from_status, to_status, details, undone_at)
    SELECT coalesce(${id}::uuid, gen_random_uuid()), happened.at,
           ${actor.accountId}::uuid, ${actor.role}, ${actor.address}, ${restaurantId}::uuid,
           ${subject}, ${subjectId}::uuid, ${act}, ${from}, ${to}, ${details}::jsonb,
           CASE WHEN ${act} = 'UNDO' THEN happened.at END
      FROM (SELECT coalesce(${at}::timestamptz,
              greatest(date_trunc('milliseconds', clock_timestamp()),
                       (SELECT max(e.at) + interval '1 millisecond' FROM audit_events e
                         WHERE e.subject_id = ${subjectId}::uuid)))::timestamptz(3) AS at) happened
    RETURNING id, at`
  if (!event) throw new Error('the act was not recorded')
  afterCommit(tx, () => noteAct({ recording, auditId: event.id }))
  return event
}

/** Subjects whose acts decide who may act. */
const ABOUT_ACCESS: readonly string[] = ['ACCOUNT', 'STAFF', 'INVITATION', 'KIOSK']

/** The security log tells of acts on accounts and rights, and of all acts of admins. */
function noteAct({ recording, auditId }: { recording: Recording; auditId: string }): void {
  const { actor, subject, subjectId, act, to } = recording
  const isAdmin = actor.role === 'ADMIN'
  if (!isAdmin && !ABOUT_ACCESS.includes(subject)) return
  const event = isAdmin ? 'admin-act' : 'account-act'
  noteSecurity({ event, actorId: actor.accountId, subject, subjectId, act, to, auditId })
}

/**
 * The same act on each of several subjects, in one statement. The caller holds the lock of each, and the act
 * is none that decides who may act.
 */
export async function recordActOnEach(
  tx: Transaction,
  {
    subjectIds,
    ...recording
  }: ActOn<'GUEST'> & {
    subject: 'GUEST'
    subjectIds: string[]
    restaurantId: string
    actor: AuditActor
  },
): Promise<void> {
  const { actor, restaurantId, subject, act, to } = recording
  const details = 'details' in recording ? JSON.stringify(recording.details) : null
  await tx.$executeRaw`
    INSERT INTO audit_events (at, actor_id, actor_role, address, restaurant_id, subject, subject_id,
                              act, to_status, details)
    SELECT greatest(date_trunc('milliseconds', clock_timestamp()),
                    (SELECT max(e.at) + interval '1 millisecond' FROM audit_events e
                      WHERE e.subject_id = s.id))::timestamptz(3),
           ${actor.accountId}::uuid, ${actor.role}, ${actor.address}, ${restaurantId}::uuid,
           ${subject}, s.id, ${act}, ${to}, ${details}::jsonb
      FROM unnest(${subjectIds}::uuid[]) AS s(id)`
}
