import { NO_CHANNEL_YET } from '@/domain/notification/types'
import type { UsualReason } from '@/domain/notification/usual-reason.types'
import type { Transaction } from '@/lib/db/transaction'
import { findToldPlace, type ToldPlace } from './change.rules'
import { sideOf, UNDO_SECONDS } from './rules'
import type { LockedReservation } from './slot-lock.commands'
import type { ActorKind, ReservationAct, ReservationStatus } from './types'

/** What tells the diner of an act that led there; null: nothing does. */
function nameNotice({ act, to }: { act: ReservationAct; to: ReservationStatus }): string | null {
  if (act === 'CANCEL') return 'RESERVATION_CANCELLED'
  if (act === 'NO_SHOW') return 'RESERVATION_NO_SHOW'
  if (act === 'CONFIRM') return 'RESERVATION_CONFIRMED'
  // Its diner has been told that it was cancelled.
  if (act === 'CORRECT_CANCEL') return to === 'HELD' ? 'RESERVATION_HELD' : 'RESERVATION_CONFIRMED'
  return null
}

/** Queues the diner's notice; that of an undoable act waits out its ten seconds. */
export async function tellDiner(
  tx: Transaction,
  {
    reservationId,
    eventId,
    act,
    to,
    by,
    reason,
    usualReason,
  }: {
    reservationId: string
    eventId: string
    act: ReservationAct
    to: ReservationStatus
    by: ActorKind
    reason: string | undefined
    usualReason?: UsualReason | undefined
  },
): Promise<void> {
  const kind = nameNotice({ act, to })
  if (!kind) return
  const waitSeconds = by === 'DINER' ? 0 : UNDO_SECONDS
  await tx.$executeRaw`
    SELECT queue_reservation_notice(${reservationId}::uuid, ${eventId}::uuid, ${kind}, e.at + make_interval(secs => ${waitSeconds}::int))
      FROM audit_events e WHERE e.id = ${eventId}::uuid`
  if (reason === undefined && usualReason === undefined) return
  const why = reason === undefined ? { usualReason } : { reason }
  await tx.$executeRaw`
    UPDATE notices SET payload = payload || ${JSON.stringify(why)}::jsonb
     WHERE event_id = ${eventId}::uuid`
}

const describePlace = ({ serviceDate, startsAt, endsAt, partySize }: LockedReservation) => ({
  serviceDate,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  partySize,
})

/** More than staff change of one party in ten seconds. */
const MOST_MERGED = 20

/**
 * Where the diner takes the reservation to be when staff change it: changes that wait out their ten seconds
 * have been told to nobody yet.
 */
async function readToldPlace(
  tx: Transaction,
  { before, eventId }: { before: LockedReservation; eventId: string },
): Promise<ToldPlace> {
  const { id, now } = before
  const changes = await tx.$queryRaw<{ at: Date; before: ToldPlace; isTold: boolean }[]>`
    SELECT e.at, e.details -> 'before' AS before,
           e.actor_role = 'DINER' OR EXISTS (
             SELECT FROM notices n
              WHERE n.event_id = e.id AND n.kind = 'RESERVATION_CHANGED'
                AND (n.state NOT IN ('QUEUED', 'DROPPED') OR n.lease_token IS NOT NULL)) AS "isTold"
      FROM audit_events e
     WHERE e.subject_id = ${id}::uuid AND e.act = 'CHANGE_RESERVATION' AND e.undone_at IS NULL
       AND e.id <> ${eventId}::uuid
     ORDER BY e.at DESC, e.id LIMIT ${MOST_MERGED}`
  return findToldPlace({ present: describePlace(before), changes, now })
}

/** The notices of changes that this one is told with; an undo of it brings them back. */
async function mergeNotices(
  tx: Transaction,
  { reservationId, eventId }: { reservationId: string; eventId: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE notices SET state = 'DROPPED', dropped_because = 'changed',
           payload = payload || jsonb_build_object('mergedInto', ${eventId}::text)
     WHERE subject_id = ${reservationId}::uuid AND kind = 'RESERVATION_CHANGED'
       AND state = 'QUEUED' AND lease_token IS NULL AND payload ->> 'changedBy' <> 'DINER'`
}

/** The notices that were to be told with an act which is undone wait again. */
export async function splitNotices(
  tx: Transaction,
  { reservationId, eventId }: { reservationId: string; eventId: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE notices SET state = 'QUEUED', dropped_because = NULL, payload = payload - 'mergedInto'
     WHERE subject_id = ${reservationId}::uuid AND kind = 'RESERVATION_CHANGED'
       AND state = 'DROPPED' AND payload ->> 'mergedInto' = ${eventId}::text`
}

/**
 * Queues what the diner learns of a change: one notice with the old and the new time and size, only when
 * date or time has changed, and new reminders in place of those that hold the old promise. That of staff waits
 * out its ten seconds, and what they change meanwhile is told with it: from where the diner takes the
 * reservation to be to where it is last, and nothing when it is back.
 */
export async function tellChange(
  tx: Transaction,
  {
    before,
    after: { serviceDate, startsAt, endsAt },
    eventId,
    by,
  }: {
    before: LockedReservation
    after: { serviceDate: string; startsAt: Date; endsAt: Date }
    eventId: string
    by: ActorKind
  },
): Promise<void> {
  const { id: reservationId } = before
  const isByStaff = by !== 'DINER'
  const told = isByStaff ? await readToldPlace(tx, { before, eventId }) : describePlace(before)
  if (isByStaff) await mergeNotices(tx, { reservationId, eventId })
  const isOther =
    told.serviceDate !== serviceDate ||
    told.startsAt !== startsAt.toISOString() ||
    told.endsAt !== endsAt.toISOString()
  await renewReminders(tx, {
    reservationId,
    eventId,
    kind: isOther ? 'RESERVATION_CHANGED' : null,
    waitSeconds: isByStaff ? UNDO_SECONDS : 0,
  })
  const payload = { changedBy: sideOf(by), before: told }
  await tx.$executeRaw`
    UPDATE notices SET payload = payload || ${JSON.stringify(payload)}::jsonb
     WHERE event_id = ${eventId}::uuid AND kind = 'RESERVATION_CHANGED'`
}

/**
 * Drops the reminders that wait and queues those of the present time, after a notice of that kind. A
 * booking's notice from which they are still to be made is locked and marked first: its worker has either
 * made them before, and the next statement sees them, or makes none.
 */
export async function renewReminders(
  tx: Transaction,
  {
    reservationId,
    eventId,
    kind = null,
    waitSeconds = 0,
  }: {
    reservationId: string
    eventId: string
    /** Null: the diner learns nothing. */
    kind?: string | null
    waitSeconds?: number
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE notices SET payload = payload || '{"hasReminders": true}'
     WHERE subject_id = ${reservationId}::uuid AND channel = ${NO_CHANNEL_YET} AND state IN ('QUEUED', 'DEAD')`
  await tx.$executeRaw`
    UPDATE notices SET state = 'DROPPED', dropped_because = 'changed'
     WHERE subject_id = ${reservationId}::uuid AND kind IN ('RESERVATION_TOMORROW', 'RESERVATION_SOON')
       AND state = 'QUEUED' AND lease_token IS NULL`
  await tx.$executeRaw`
    SELECT queue_reservation_notice(${reservationId}::uuid, ${eventId}::uuid, ${kind}, e.at + make_interval(secs => ${waitSeconds}::int))
      FROM audit_events e WHERE e.id = ${eventId}::uuid`
}
