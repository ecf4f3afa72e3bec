import { moveRefusals } from '@/app/api/v1/reservations/move-route'
import { movedReservation } from '@/app/api/v1/reservations/moved-reservation'
import { moveReservation } from '@/domain/booking/move.commands'
import { cancelWish } from '@/domain/booking/schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'cancelReservation',
  summary:
    'Diner: cancel your own. Staff: cancel a guest’s, who reads the reason; remove a walk-in',
  who: staffActor,
  params: idParams,
  body: named('CancelWish', cancelWish),
  mayOmitBody: true,
  key: 'optional',
  answers: { 200: movedReservation },
  refusals: moveRefusals,
  answer: async ({ who: { accountId }, params, body, key, address }) => {
    const { reason, usualReason, ...intent } = body
    const moved = await moveReservation({
      reservationId: params.id,
      act: 'CANCEL',
      actor: { accountId, address },
      scope: 'either',
      key,
      intent,
      ...(reason !== undefined && { reason }),
      ...(usualReason !== undefined && { usualReason }),
    })
    if (moved.ok) after(ringOutboxBell)
    return moved
  },
})
