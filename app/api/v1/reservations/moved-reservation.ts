import { z } from 'zod'
import { reservationStatuses } from '@/domain/booking/types'
import { named } from '@/lib/http/contract'

/** The answer to an act on a reservation, which can be undone until `undoUntil`. */
export const movedReservation = named(
  'MovedReservation',
  z.object({
    id: z.uuid(),
    status: z.enum(reservationStatuses),
    actId: z.uuid(),
    undoUntil: z.iso.datetime(),
  }),
)
