import type { ReservationAct } from '@/domain/booking/types'
import type { StaffTicketAct } from '@/domain/line/waiting.types'

/** An act on a ticket of the line, told apart from the same one on a reservation. */
export type TicketWork = `TICKET_${StaffTicketAct}`

export type QueuedWork =
  | { kind: 'MOVE'; reservationId: string; act: ReservationAct }
  | {
      kind: 'WALK_IN'
      slotIds: string[]
      partySize: number
      /** Something was noted about the party; the words themselves stay in the page. */
      hasNote: boolean
    }
  /** A slot is kept from everybody, or opened again. */
  | { kind: 'BLOCK'; slotId: string; isBlocked: boolean }
  | {
      kind: 'TICKET'
      ticketId: string
      number: number
      act: StaffTicketAct
      /** Where the party sits down; empty for every other act. */
      slotIds: string[]
      /** What the diner reads when it is cancelled. Null: nothing. */
      reason: string | null
    }
  | {
      kind: 'UNDO'
      /** Or the ticket's. */
      reservationId: string
      actId: string
      undone: ReservationAct | 'WALK_IN' | TicketWork
      /** Of the ticket, if it is about one. */
      ticketNumber?: number
    }

/** Something that was tapped and whose answer is not here yet. Of a guest it knows an id only. */
export type QueuedAct = {
  /** Its `Idempotency-Key`: however often it is sent, it is done once. */
  key: string
  work: QueuedWork
  /** By the database's clock, ISO 8601. */
  tappedAt: string
  /** It has left the device at least once, so it may have been done. */
  wasSent: boolean
}
