import { sideOf } from '@/domain/booking/rules'
import type { StaffIntent } from '@/domain/booking/types'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import {
  type ChangeRefusal,
  changeTicket,
  judgeDate,
  type LockedTicket,
  ONE_ACTIVE_TICKET,
  readOrder,
  recordTicketAct,
  type TicketScope,
  tellLine,
} from './commands'
import { decideMove, findGapNearFront, LAST_CALL_MINUTES } from './rules'
import type { MovedTicket } from './schema'
import type { LineEntry, TicketActor, TicketAsker } from './types'

/**
 * Moves that need only the ticket; sitting down and letting others pass have their own commands.
 */
export type PlainAct = 'CALL' | 'LAST_CALL' | 'CANCEL' | 'PUT_BACK'

const noticeOf: Record<PlainAct, string | null> = {
  CALL: 'TICKET_CALLED',
  LAST_CALL: 'TICKET_LAST_CALLED',
  CANCEL: 'TICKET_CANCELLED',
  PUT_BACK: null,
}

/**
 * The middle between two neighbours, exact in numeric; at the end of the line, half-way to the next
 * number to be given out. It counts all tickets of the date, so that an undo finds its place free.
 */
export async function moveBetween(
  tx: Transaction,
  { ticket, after, before }: { ticket: LockedTicket; after: LineEntry; before: LineEntry | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE tickets SET rank = (a.rank + b.rank) * 0.5
      FROM (SELECT rank FROM tickets WHERE id = ${after.id}::uuid) AS a,
           (SELECT rank FROM tickets WHERE id = ${before?.id ?? null}::uuid
            UNION ALL
            SELECT last_number + 1 FROM lines
             WHERE ${before === null}::boolean AND restaurant_id = ${ticket.restaurantId}::uuid
               AND service_date = ${ticket.serviceDate}::date) AS b
     WHERE tickets.id = ${ticket.id}::uuid`
}

/** Writes where a ticket stands after an act, without its event. Expects line and ticket locked. */
export async function writeMove(
  tx: Transaction,
  {
    ticket,
    act,
    by,
    reason,
  }: {
    ticket: LockedTicket
    act: PlainAct
    by: TicketActor
    reason: string | undefined
  },
): Promise<void> {
  const { id, at } = ticket
  if (act === 'CALL')
    await tx.$executeRaw`
      UPDATE tickets SET status = 'CALLED', called_at = ${at}::timestamptz,
             first_called_at = coalesce(first_called_at, ${at}::timestamptz)
       WHERE id = ${id}::uuid`
  if (act === 'LAST_CALL')
    await tx.$executeRaw`
      UPDATE tickets SET status = 'LAST_CALLED', called_at = coalesce(called_at, ${at}::timestamptz),
             first_called_at = coalesce(first_called_at, ${at}::timestamptz),
             lapses_at = ${at}::timestamptz + make_interval(mins => ${LAST_CALL_MINUTES}::int)
       WHERE id = ${id}::uuid`
  if (act === 'CANCEL')
    await tx.$executeRaw`
      UPDATE tickets SET status = 'CANCELLED', cancelled_by = ${sideOf(by)}, ended_at = ${at}::timestamptz,
             cancel_reason = ${by === 'DINER' ? null : (reason ?? null)}
       WHERE id = ${id}::uuid`
  if (act === 'PUT_BACK') {
    const line = await readOrder(tx, ticket)
    const gap = findGapNearFront({ line, ownNumber: ticket.number })
    if (gap) await moveBetween(tx, { ticket, ...gap })
    await tx.$executeRaw`
      UPDATE tickets SET status = 'WAITING', ended_at = NULL, called_at = NULL, lapses_at = NULL
       WHERE id = ${id}::uuid`
  }
}

type Moving = StaffIntent & {
  ticketId: string
  asker: TicketAsker
  scope: TicketScope
  key?: string | null
  reason?: string | undefined
}
type MoveRefusal = 'cannot-move' | 'other-date' | ChangeRefusal

/**
 * Moves a ticket along the table in `rules.ts`: one transaction with its audit event and its
 * notices. Locks the line, then the ticket; judged by the database's clock under that lock. With a
 * key it is done once, however often an account asks. `reason` is shown to the diner when the
 * restaurant cancels. Each of these acts can be undone for ten seconds, and its notices wait that
 * long.
 *
 * Refuses `not-found` (also other people's tickets), `cannot-move` with the present status,
 * `other-date` with the ticket's date when staff act on a past day's line without insisting,
 * `already-in-line` when a lapsed party that is put back has since taken another ticket, and
 * `in-progress` and `key-reused` on account of the key.
 */
export function moveTicket(
  asked: Moving & { act: Exclude<PlainAct, 'PUT_BACK'> },
): Promise<Result<MovedTicket, MoveRefusal>>
export function moveTicket(
  asked: Moving & { act: PlainAct },
): Promise<Result<MovedTicket, MoveRefusal | 'already-in-line'>>
export async function moveTicket({
  ticketId,
  act,
  asker,
  scope,
  key = null,
  reason,
  ...intent
}: Moving & { act: PlainAct }): Promise<Result<MovedTicket, MoveRefusal | 'already-in-line'>> {
  return changeTicket({
    ticketId,
    asker,
    scope,
    key,
    request: { ticketId, act },
    constraints: act === 'PUT_BACK' ? ONE_ACTIVE_TICKET : {},
    work: async ({ tx, ticket, by, stop }) => {
      const dated = await judgeDate(tx, { ticket, by, intent })
      if (!dated.ok) return stop(dated)
      const decided = decideMove({ status: ticket.status, act, by })
      if (!decided.ok) return stop(decided)
      // A past day has no line to come back to.
      if (act === 'PUT_BACK' && !(await isToday(tx, ticket)))
        return stop(refuse('cannot-move', { present: ticket.status }))
      await writeMove(tx, { ticket, act, by, reason })
      const details = reason === undefined ? null : { reason }
      const to = decided.value
      const moved = await recordTicketAct(tx, {
        ticket,
        act,
        to,
        asker,
        by,
        details,
        isUndoable: true,
      })
      const told = { kind: noticeOf[act], movesUp: act === 'CANCEL', isUndoable: true }
      await tellLine(tx, { ticket, actId: moved.actId, ...told })
      return moved
    },
  })
}

async function isToday(tx: Transaction, ticket: LockedTicket): Promise<boolean> {
  const [restaurant] = await tx.$queryRaw<{ isToday: boolean }[]>`
    SELECT service_date_at(${ticket.at}::timestamptz, time_zone, day_cut_minutes) = ${ticket.serviceDate}::date AS "isToday"
      FROM restaurants WHERE id = ${ticket.restaurantId}::uuid`
  return restaurant?.isToday ?? false
}
