import { z } from 'zod'
import { sayLate } from '@/domain/booking/lateness.commands'
import { lateness } from '@/domain/booking/schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const lateReservation = z.object({ id: z.uuid(), lateMinutes: z.int().nullable() })

export const POST = apiRoute({
  operationId: 'sayLate',
  summary: 'Diner: say how late you will be. Staff: note what a guest has said',
  who: staffActor,
  params: idParams,
  body: named('Lateness', lateness),
  key: 'optional',
  answers: { 200: named('LateReservation', lateReservation) },
  refusals: ['not-found', 'cannot-move', 'hold-expired', 'day-closed', 'in-progress', 'key-reused'],
  answer: ({ who: { accountId }, params, body, key, address }) =>
    sayLate({
      reservationId: params.id,
      ...body,
      actor: { accountId, address },
      scope: 'either',
      key,
    }),
})
