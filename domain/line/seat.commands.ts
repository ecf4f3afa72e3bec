import type { StaffIntent } from '@/domain/booking/types'
import { readSeats, SEAT_CONSTRAINTS, seatParty } from '@/domain/booking/walk-in.commands'
import type { SeatRefusal } from '@/domain/booking/walk-in-place.commands'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import {
  type ChangeRefusal,
  changeTicket,
  judgeDate,
  type LockedTicket,
  recordTicketAct,
  tellLine,
} from './commands'
import { decideMove } from './rules'
import type { MovedTicket } from './schema'
import type { TicketAsker } from './types'

/** Whether the date has tables; if so, a party that sits down takes one (G1). */
async function hasSlots(tx: Transaction, ticket: LockedTicket): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ has: boolean }[]>`
    SELECT EXISTS (SELECT FROM slots
      WHERE restaurant_id = ${ticket.restaurantId}::uuid AND service_date = ${ticket.serviceDate}::date
        AND deleted_at IS NULL AND ends_at > now()) AS has`
  return found?.has ?? false
}

/**
 * Seats the party: a walk-in reservation on the named slots, or at tables from now on, so that the board
 * and G1 cover it; at a restaurant without slots, or for food to take away, it only records the act. Locks
 * the line, the ticket, the tables and slots in id order, the reservation, the occupancies of its tables.
 * Can be undone for ten seconds.
 *
 * Refuses `cannot-move`, `other-date` with the ticket's date unless staff insist, `table-needed`, what
 * `seatParty` does, and `in-progress` and `key-reused` on account of the key.
 */
export async function seatTicket({
  ticketId,
  slotIds = [],
  tableNumbers,
  minutes,
  asker,
  key = null,
  ...intent
}: StaffIntent & {
  ticketId: string
  slotIds?: string[]
  tableNumbers?: number[] | undefined
  minutes?: number | undefined
  asker: TicketAsker & { accountId: string }
  key?: string | null
}): Promise<
  Result<MovedTicket, 'cannot-move' | 'other-date' | 'table-needed' | SeatRefusal | ChangeRefusal>
> {
  const seats = readSeats({ slotIds, tableNumbers, minutes })
  const act = 'SEAT'
  return changeTicket({
    ticketId,
    asker,
    scope: 'staff',
    key,
    request: { ticketId, act, ...(seats ?? { slotIds }) },
    constraints: SEAT_CONSTRAINTS,
    work: async ({ tx, ticket, by, stop }) => {
      const dated = await judgeDate(tx, { ticket, by, intent })
      if (!dated.ok) return stop(dated)
      const decided = decideMove({ status: ticket.status, act, by })
      if (!decided.ok) return stop(decided)
      const { restaurantId, serviceDate, partySize, number } = ticket
      const needsTable = !seats && ticket.dining === 'IN_STORE'
      if (needsTable && (await hasSlots(tx, ticket))) return stop(refuse('table-needed'))
      const at = { restaurantId, serviceDate, partySize }
      const told = { intent, note: null, actor: asker, by, stop }
      const party = seats && (await seatParty(tx, { ...at, ...told, seats }))
      await tx.$executeRaw`
        UPDATE tickets SET status = 'SEATED', ended_at = ${ticket.at}::timestamptz,
               first_called_at = coalesce(first_called_at, ${ticket.at}::timestamptz),
               reservation_id = ${party?.id ?? null}::uuid
         WHERE id = ${ticket.id}::uuid`
      const details = party && { reservationId: party.id, number }
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
      const news = { kind: null, movesUp: true, isUndoable: true }
      await tellLine(tx, { ticket, actId: moved.actId, ...news })
      return moved
    },
  })
}
