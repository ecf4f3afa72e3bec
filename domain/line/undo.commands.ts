import { UNDO_SECONDS } from '@/domain/booking/rules'
import { lockReservation, writeStatus } from '@/domain/booking/slot-lock.commands'
import { type UndoRefusal, undoAct } from '@/domain/booking/undo.commands'
import { recordAct } from '@/domain/identity/audit.commands'
import { pool } from '@/lib/db/database'
import type { Stop, Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { type ChangeRefusal, changeTicket, type LockedTicket, ONE_ACTIVE_TICKET } from './commands'
import type { MovedTicket } from './schema'
import type { TicketActor, TicketAsker, TicketStatus } from './types'

type Act = {
  ticketId: string
  act: string
  actorId: string | null
  actorRole: TicketActor
  fromStatus: TicketStatus
  toStatus: TicketStatus
}

/** Null: the id names no act on a ticket that can ever be undone. */
async function readTicketAct(actId: string): Promise<Act | null> {
  const { rows } = await pool.query<Act>(
    `SELECT subject_id AS "ticketId", act, actor_id AS "actorId", actor_role AS "actorRole",
            from_status AS "fromStatus", to_status AS "toStatus"
       FROM audit_events
      WHERE id = $1 AND subject = 'TICKET' AND actor_role IN ('DINER', 'OWNER', 'STAFF', 'ADMIN')
        AND act IN ('CALL', 'LAST_CALL', 'SEAT', 'CANCEL', 'PUT_BACK')`,
    [actId],
  )
  return rows[0] ?? null
}

/** Marks the act undone if no newer act has moved the ticket and ten seconds have not passed. */
async function markUndone(
  tx: Transaction,
  { actId, ticket }: { actId: string; ticket: LockedTicket },
): Promise<boolean> {
  const marked = await tx.$executeRaw`
    UPDATE audit_events e SET undone_at = ${ticket.at}::timestamptz
     WHERE e.id = ${actId}::uuid AND e.undone_at IS NULL
       AND e.at + make_interval(secs => ${UNDO_SECONDS}::int) > ${ticket.at}::timestamptz
       -- A forgotten guest can't come back to the line by themselves, and staff may still put right theirs.
       AND NOT (e.actor_role = 'DINER' AND EXISTS (
             SELECT FROM tickets t WHERE t.id = e.subject_id AND t.contact_forgotten_at IS NOT NULL))
       AND NOT EXISTS (SELECT FROM audit_events later
                        WHERE later.subject_id = e.subject_id AND later.id <> e.id AND later.at >= e.at
                          AND later.undone_at IS NULL AND later.act NOT IN ('REMIND', 'FORGET_CONTACT'))`
  return marked === 1
}

/** Drops the act's notices, to the party and to the one it made third. */
async function dropNotices(tx: Transaction, actId: string): Promise<boolean> {
  const notices = await tx.$queryRaw<{ untouched: boolean }[]>`
    SELECT state = 'QUEUED' AND lease_token IS NULL AS untouched FROM notices WHERE event_id = ${actId}::uuid FOR UPDATE`
  if (notices.some((notice) => !notice.untouched)) return false
  await tx.$executeRaw`UPDATE notices SET state = 'DROPPED', dropped_because = 'undone' WHERE event_id = ${actId}::uuid`
  return true
}

/** Frees the table again; refuses if the party has already left it. */
async function freeTable(
  tx: Transaction,
  { ticket, stop }: { ticket: LockedTicket; stop: Stop<'too-late'> },
): Promise<void> {
  if (ticket.reservationId === null) return
  const reservation = await lockReservation(tx, ticket.reservationId)
  if (!reservation || reservation.status === 'CANCELLED') return
  if (reservation.status !== 'SEATED') return stop(refuse('too-late'))
  await writeStatus(tx, { reservation, to: 'CANCELLED', cancelledBy: 'OWNER' })
  await tx.$executeRaw`
    UPDATE audit_events SET undone_at = ${ticket.at}::timestamptz
     WHERE subject_id = ${reservation.id}::uuid AND act = 'WALK_IN'`
}

async function takeBack(
  tx: Transaction,
  {
    ticket,
    act,
    actId,
    stop,
  }: { ticket: LockedTicket; act: Act; actId: string; stop: Stop<'too-late'> },
): Promise<void> {
  if (act.act === 'SEAT') await freeTable(tx, { ticket, stop })
  const to = act.fromStatus
  const isLapsed = to === 'LAPSED'
  // An earlier call stays recorded, and a wait that this act had ended goes on; a running deadline
  // keeps running, and may have passed.
  await tx.$executeRaw`
    UPDATE tickets
       SET status = ${to}::ticket_status, cancelled_by = NULL, cancel_reason = NULL, reservation_id = NULL,
           called_at = CASE WHEN ${to} IN ('WAITING', 'POSTPONED') THEN NULL ELSE called_at END,
           first_called_at = CASE WHEN first_called_at < (SELECT at FROM audit_events WHERE id = ${actId}::uuid)
                                  THEN first_called_at END,
           lapses_at = CASE WHEN ${isLapsed} THEN ${ticket.at}::timestamptz
                            WHEN ${to} = 'LAST_CALLED' THEN lapses_at END,
           ended_at = CASE WHEN ${isLapsed} THEN ${ticket.at}::timestamptz END
     WHERE id = ${ticket.id}::uuid`
  await tx.$executeRaw`
    UPDATE tickets SET third_told_by = NULL
     WHERE restaurant_id = ${ticket.restaurantId}::uuid AND service_date = ${ticket.serviceDate}::date
       AND third_told_by = ${actId}::uuid`
}

/**
 * Corrects the notices to the third party in line. A party that is now further back loses its
 * queued notice, unless it is on its way. The party now third is notified because of this undo only
 * if the undo removed a party ahead of it or its earlier notice was dropped, not if it merely moved
 * back to third.
 */
async function tellThird(
  tx: Transaction,
  {
    ticket: { id, restaurantId, serviceDate, rank, at },
    act,
    undoId,
  }: { ticket: LockedTicket; act: Act; undoId: string },
): Promise<void> {
  await tx.$executeRaw`
    WITH told AS (
      UPDATE notices n SET state = 'DROPPED', dropped_because = 'undone'
        FROM tickets t
       WHERE t.restaurant_id = ${restaurantId}::uuid AND t.service_date = ${serviceDate}::date
         AND t.status IN ('WAITING', 'POSTPONED') AND t.third_told_by IS NOT NULL
         AND ticket_place(t.restaurant_id, t.service_date, t.rank, ${at}::timestamptz) > 3
         AND n.subject_id = t.id AND n.kind = 'TICKET_THIRD' AND n.event_id = t.third_told_by
         AND n.state = 'QUEUED' AND n.lease_token IS NULL
      RETURNING t.id)
    UPDATE tickets SET third_told_by = NULL WHERE id IN (SELECT id FROM told)`
  await tx.$executeRaw`
    SELECT tell_third(p_restaurant => ${restaurantId}::uuid, p_date => ${serviceDate}::date,
             p_ticket => ${act.act === 'PUT_BACK' ? id : null}::uuid, p_from => ${rank}::numeric,
             p_event => ${undoId}::uuid, p_at => ${at}::timestamptz, p_due_at => ${at}::timestamptz)
     WHERE ${act.act === 'PUT_BACK'}
        OR EXISTS (SELECT FROM tickets t JOIN notices n ON n.subject_id = t.id AND n.kind = 'TICKET_THIRD'
                    WHERE t.restaurant_id = ${restaurantId}::uuid AND t.service_date = ${serviceDate}::date
                      AND t.status IN ('WAITING', 'POSTPONED') AND t.third_told_by IS NULL
                      AND ticket_place(t.restaurant_id, t.service_date, t.rank, ${at}::timestamptz) = 3)`
}

type TicketUndoRefusal = 'too-late' | 'already-in-line' | ChangeRefusal

/**
 * Undoes an act on a ticket within ten seconds by the database's clock: staff any of the staff's, a
 * party its own cancellation. Locks the line, the ticket, then the slots and reservation it was
 * seated on. The act's notices are dropped, and the party that is third after it gets one instead.
 *
 * Refuses `not-found`, `too-late` (ten seconds passed, already undone, a newer act followed, the
 * mail is on its way, the party has left its table), and `already-in-line` when the party has taken
 * another ticket meanwhile.
 */
export async function undoTicketAct({
  actId,
  asker,
  key = null,
  ticketId,
}: {
  actId: string
  asker: TicketAsker
  key?: string | null
  /** The only ticket whose acts a link holder may undo. Absent: any act the account may undo. */
  ticketId?: string
}): Promise<Result<Omit<MovedTicket, 'undoUntil'>, TicketUndoRefusal>> {
  const act = await readTicketAct(actId)
  if (!act || (ticketId !== undefined && act.ticketId !== ticketId)) return refuse('not-found')
  const scope = act.actorRole === 'DINER' ? 'diner' : 'staff'
  return changeTicket({
    ticketId: act.ticketId,
    asker,
    scope,
    key,
    request: { actId },
    constraints: ONE_ACTIVE_TICKET,
    work: async ({ tx, ticket, by, stop }) => {
      if (ticket.status !== act.toStatus || !(await markUndone(tx, { actId, ticket })))
        return stop(refuse('too-late'))
      if (!(await dropNotices(tx, actId))) return stop(refuse('too-late'))
      await takeBack(tx, { ticket, act, actId, stop })
      const { id, number, restaurantId, status, at } = ticket
      const undo = await recordAct(tx, {
        subject: 'TICKET',
        subjectId: id,
        restaurantId,
        actor: { ...asker, role: by },
        at,
        act: 'UNDO',
        from: status,
        to: act.fromStatus,
      })
      await tellThird(tx, { ticket, act, undoId: undo.id })
      return { id, number, status: act.fromStatus, actId }
    },
  })
}

/** Undoes an act on a ticket or a reservation. Refuses like `undoTicketAct` and `undoAct`. */
export async function undoAnyAct(asked: {
  actId: string
  actor: { accountId: string; address: string | null }
  key: string | null
}): Promise<
  Result<{ id: string; status: string; actId: string }, TicketUndoRefusal | UndoRefusal>
> {
  const { actId, actor, key } = asked
  const isTicket = (await readTicketAct(actId)) !== null
  return isTicket ? undoTicketAct({ actId, asker: actor, key }) : undoAct({ actId, actor, key })
}
