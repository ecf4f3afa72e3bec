import { readActMoment } from '@/domain/booking/act-moment.queries'
import { undoableFrom } from '@/domain/booking/move.commands'
import { refuseOtherDate, UNDO_SECONDS } from '@/domain/booking/rules'
import type { StaffIntent } from '@/domain/booking/types'
import { recordAct } from '@/domain/identity/audit.commands'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { pool } from '@/lib/db/database'
import { classifyDatabaseError } from '@/lib/db/database-error'
import { type Constraints, runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { log } from '@/lib/log'
import type { Reason } from '@/lib/problems/problem'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { MovedTicket } from './schema'
import type { LineEntry, TicketAct, TicketActor, TicketAsker, TicketStatus } from './types'

/** A ticket whose line is locked, so that only the lock's holder can change it. */
export type LockedTicket = {
  id: string
  restaurantId: string
  serviceDate: string
  number: number
  /** Its place in the order before this write, as Postgres writes a number. */
  rank: string
  status: TicketStatus
  partySize: number
  dining: 'IN_STORE' | 'TAKEOUT'
  postponements: number
  reservationId: string | null
  /** The instant of this write, by the database's clock, read under the line's lock. */
  at: Date
}

/**
 * The capacity in which an asker acts; `either` is the diner for their own ticket, otherwise staff.
 */
export type TicketScope = 'diner' | 'staff' | 'either'

/**
 * The asker's role for a ticket, or null, which reads to them as "no such ticket". An asker without
 * an account holds the ticket's link, which only opens tickets without an account. Locks a role at
 * the restaurant.
 */
async function lockTicketActor(
  tx: Transaction,
  {
    ticketId,
    asker: { accountId },
    scope,
  }: { ticketId: string; asker: TicketAsker; scope: TicketScope },
): Promise<TicketActor | null> {
  const ticket = await tx.ticket.findUnique({
    where: { id: ticketId },
    select: { accountId: true, restaurantId: true },
  })
  if (!ticket) return null
  if (scope !== 'staff' && ticket.accountId === accountId) return 'DINER'
  if (scope === 'diner' || accountId === null) return null
  const role = await lockStaffRole(tx, { accountId, restaurantId: ticket.restaurantId })
  return role
}

/**
 * Locks a ticket's line and then the ticket: the one lock order of every write on a line (the
 * staff's role, line, ticket, slots in id order, reservation). First records what time has decided, so that the
 * returned status is the effective one (G12). Null: no such ticket.
 */
export async function lockTicket(tx: Transaction, ticketId: string): Promise<LockedTicket | null> {
  const [line] = await tx.$queryRaw<{ at: Date }[]>`
    SELECT lock_line(restaurant_id, service_date) AS at FROM tickets WHERE id = ${ticketId}::uuid`
  if (!line) return null
  const [ticket] = await tx.$queryRaw<Omit<LockedTicket, 'at'>[]>`
    SELECT id, restaurant_id AS "restaurantId", service_date::text AS "serviceDate", number, rank::text AS rank,
           status::text AS status, party_size AS "partySize", dining, postponements,
           reservation_id AS "reservationId"
      FROM tickets WHERE id = ${ticketId}::uuid FOR UPDATE`
  return ticket ? { ...ticket, at: line.at } : null
}

/**
 * Refuses `other-date` with the ticket's date when staff act on a past day's line by a slip. Judged
 * before the status, because a line that is over has ended all its tickets.
 */
export async function judgeDate(
  tx: Transaction,
  {
    ticket: { restaurantId, serviceDate },
    by,
    intent: { override, tappedAt },
  }: { ticket: LockedTicket; by: TicketActor; intent: StaffIntent },
): Promise<Result<null, 'other-date'>> {
  if (by === 'DINER') return succeed(null)
  const { today } = await readActMoment(tx, { restaurantId, tappedAt })
  return refuseOtherDate({ serviceDate, today, override })
}

/** Every ticket of a locked line in its order, ended ones included. */
export async function readOrder(
  tx: Transaction,
  { restaurantId, serviceDate }: Pick<LockedTicket, 'restaurantId' | 'serviceDate'>,
): Promise<LineEntry[]> {
  return tx.$queryRaw<LineEntry[]>`
    SELECT id, number, status::text AS status, postponed_behind AS "postponedBehind" FROM tickets
     WHERE restaurant_id = ${restaurantId}::uuid AND service_date = ${serviceDate}::date ORDER BY rank`
}

/** Records an act; returns its id and its undo deadline. `isUndoable` false: it can't be undone. */
export async function recordTicketAct(
  tx: Transaction,
  {
    ticket,
    act,
    to,
    asker,
    by,
    details = null,
    isUndoable,
  }: {
    ticket: LockedTicket
    act: TicketAct | 'FORGET_CONTACT'
    to: TicketStatus
    asker: TicketAsker
    by: TicketActor
    details?: Record<string, unknown> | null
    isUndoable: boolean
  },
): Promise<MovedTicket> {
  const { id, number, restaurantId, status, at } = ticket
  const event = await recordAct(tx, {
    subject: 'TICKET',
    subjectId: id,
    restaurantId,
    actor: { ...asker, role: by },
    at,
    act,
    from: status,
    to,
    ...(details && { details }),
  })
  const { actId, undoUntil } = undoableFrom(event)
  return { id, number, status: to, actId, undoUntil: isUndoable ? undoUntil : null }
}

/**
 * Queues the party's notice, and the notice of the party that has become third; those of an
 * undoable act wait out its ten seconds.
 */
export async function tellLine(
  tx: Transaction,
  {
    ticket,
    actId,
    kind,
    movesUp,
    isUndoable,
  }: {
    ticket: LockedTicket
    actId: string
    /** Null: the party gets no notice. */
    kind: string | null
    /** The party leaves, or lets others pass: those behind it move up. */
    movesUp: boolean
    isUndoable: boolean
  },
): Promise<void> {
  const { id, restaurantId, serviceDate, rank, at } = ticket
  const dueAt = new Date(at.getTime() + (isUndoable ? UNDO_SECONDS * 1000 : 0))
  if (kind !== null)
    await tx.$executeRaw`
      SELECT queue_ticket_notice(t.id, ${actId}::uuid, ${kind}, ${dueAt}::timestamptz,
               ticket_place(t.restaurant_id, t.service_date, t.rank, ${at}::timestamptz))
        FROM tickets t WHERE t.id = ${id}::uuid`
  if (movesUp)
    await tx.$executeRaw`
      SELECT tell_third(p_restaurant => ${restaurantId}::uuid, p_date => ${serviceDate}::date, p_ticket => ${id}::uuid,
               p_from => ${rank}::numeric, p_event => ${actId}::uuid, p_at => ${at}::timestamptz, p_due_at => ${dueAt}::timestamptz)`
}

/** The refusals every change of a ticket can give. */
export type ChangeRefusal = 'not-found' | KeyRefusal

/** The party has since taken another active ticket for that date (G9). */
export const ONE_ACTIVE_TICKET = {
  tickets_one_active_per_diner: 'already-in-line',
  tickets_one_active_per_mailbox: 'already-in-line',
  tickets_one_active_per_phone: 'already-in-line',
} as const

/**
 * One write on one ticket: a transaction in which a refusal rolls back and is returned as a value.
 * Locks the role in which the asker acts (`by`), the line and the ticket. With a key it is done once
 * per asker's key: the account's, or the ticket's for a link holder.
 */
export async function changeTicket<Answer extends object, R extends Reason>({
  ticketId,
  asker,
  scope,
  key,
  request,
  work,
  constraints = {},
}: {
  ticketId: string
  asker: TicketAsker
  scope: TicketScope
  /** Null: the request won't be repeated. */
  key: string | null
  /** The content by which two requests count as the same. */
  request: object
  work: (changing: {
    tx: Transaction
    ticket: LockedTicket
    by: TicketActor
    stop: Stop<R | ChangeRefusal>
  }) => Promise<Answer>
  /** The refusal that a violated constraint means to the asker. */
  constraints?: Constraints<NoInfer<R>>
}): Promise<Result<Answer, R | ChangeRefusal>> {
  const { accountId } = asker
  const owner = accountId === null ? { ticketId } : { accountId }
  const change = async (tx: Transaction, stop: Stop<R | ChangeRefusal>) => {
    const by = await lockTicketActor(tx, { ticketId, asker, scope })
    if (!by) return stop(refuse('not-found'))
    const answer = async () => {
      const ticket = await lockTicket(tx, ticketId)
      return ticket ? work({ tx, ticket, by, stop }) : stop(refuse('not-found'))
    }
    return runOnce<Answer>(tx, { asker: owner, key, request, stop, answer })
  }
  return runTransaction(change, { constraints })
}

/** Lines per sweep, so that a sweep stays short. */
const BATCH = 100

/**
 * Records what time has decided about tickets: last calls that ran out, tickets left on dates that
 * are over. Nothing waits for it, because every reader and writer applies the same rules already
 * (G12). One transaction per line; locks that line. A line locked by others is left for the next
 * sweep.
 */
export async function sweepLines(): Promise<{ lines: number }> {
  const { rows } = await pool.query<{ restaurantId: string; serviceDate: string }>(
    `SELECT DISTINCT t.restaurant_id AS "restaurantId", t.service_date AS "serviceDate"
       FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
      WHERE is_ticket_active(t.status)
        AND ((t.status = 'LAST_CALLED' AND t.lapses_at <= now())
             OR (t.channel = 'ONLINE' AND t.account_id IS NULL)
             OR t.service_date < service_date_at(now(), r.time_zone, r.day_cut_minutes))
      LIMIT $1`,
    [BATCH],
  )
  let lines = 0
  for (const { restaurantId, serviceDate } of rows) {
    try {
      await pool.query('SELECT lock_line($1, $2)', [restaurantId, serviceDate])
      lines += 1
    } catch (error) {
      if (classifyDatabaseError(error) !== 'lost-race') throw error
      log.warn({ restaurantId, serviceDate, error }, 'line not swept')
    }
  }
  return { lines }
}
