import type { z } from 'zod'
import type { waiting, waitingTicket } from './schema'

export type Waiting = z.infer<typeof waiting>
export type WaitingTicket = z.infer<typeof waitingTicket>
