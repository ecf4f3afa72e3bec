import { moveReservation } from '@/domain/booking/move.commands'
import { staffIntent } from '@/domain/booking/schema'
import type { MoveScope, ReservationAct } from '@/domain/booking/types'
import { actorIn } from '@/domain/restaurant/author.loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { movedReservation } from './moved-reservation'

const intentOfAct = named('StaffIntent', staffIntent)

/** What an act on a reservation can be refused for. */
export const moveRefusals = [
  'in-progress',
  'key-reused',
  'not-found',
  'cannot-move',
  'hold-expired',
  'slot-taken',
  'table-occupied',
  'no-such-table',
  'already-booked',
  'before-start',
  'after-start',
  'other-date',
  'day-closed',
  'closed-day',
  'not-open-yet',
] as const

/** One act on one reservation; `scope` says in which role the account acts. */
export function moveRoute({
  act,
  scope,
  ...told
}: {
  operationId: string
  summary: string
  act: ReservationAct
  scope: MoveScope
}) {
  return apiRoute({
    ...told,
    who: actorIn(scope),
    params: idParams,
    body: intentOfAct,
    mayOmitBody: true,
    key: 'optional',
    answers: { 200: movedReservation },
    refusals: moveRefusals,
    answer: async ({ who: { accountId }, params, body: intent, key, address }) => {
      const actor = { accountId, address }
      const asked = { reservationId: params.id, act, actor, scope, key, intent }
      const moved = await moveReservation(asked)
      if (moved.ok) after(ringOutboxBell)
      return moved
    },
  })
}
