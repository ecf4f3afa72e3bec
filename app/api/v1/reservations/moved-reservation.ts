import { z } from 'zod'
import { reservationStatuses } from '@/domain/booking/types'
import { named } from '@/lib/http/contract'

/** What an act on a reservation answers; until `undoUntil` it can be taken back. */
export const movedReservation = named(
  'MovedReservation',
  z.object({
    id: z.uuid(),
    status: z.enum(reservationStatuses),
    actId: z.uuid(),
    undoUntil: z.iso.datetime(),
  }),
)
