import { moveRefusals } from '@/app/api/v1/reservations/move-route'
import { movedReservation } from '@/app/api/v1/reservations/moved-reservation'
import { correctReservation } from '@/domain/booking/move.commands'
import { correction } from '@/domain/booking/schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'correctReservation',
  summary: 'Staff: correct what was done to a party, until its day closes',
  who: staffActor,
  params: idParams,
  body: named('Correction', correction),
  key: 'optional',
  answers: { 200: movedReservation },
  refusals: moveRefusals,
  answer: async ({ who: { accountId }, params, body: { to, ...intent }, key, address }) => {
    const actor = { accountId, address }
    const corrected = await correctReservation({ reservationId: params.id, to, actor, key, intent })
    if (corrected.ok) after(ringOutboxBell)
    return corrected
  },
})
