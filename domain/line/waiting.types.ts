import type { z } from 'zod'
import type { waiting, waitingTicket } from './waiting.schema'

export type Waiting = z.infer<typeof waiting>
/** The acts staff have for a party, one tap each. */
export const staffTicketActs = ['CALL', 'LAST_CALL', 'SEAT', 'CANCEL', 'PUT_BACK'] as const
export type StaffTicketAct = (typeof staffTicketActs)[number]

export type WaitingTicket = z.infer<typeof waitingTicket>
