import { after } from 'next/server'
import { moveReservation } from '@/domain/booking/move.commands'
import type { MoveScope, ReservationAct } from '@/domain/booking/types'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readIdempotencyKey } from '@/lib/http/idempotency-key'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

/** One act on one reservation; `scope` says in which capacity the account asks. */
export function moveRoute({ act, scope }: { act: ReservationAct; scope: MoveScope }) {
  return apiRoute({
    who: readLiveVisitor,
    answer: async ({ who, params, request }) => {
      const reservationId = idOf(params.id)
      if (!reservationId) return refuse('not-found')
      const key = readIdempotencyKey(request.headers)
      if (!key.ok) return key
      const actor = { accountId: who.accountId, address: readTrustedAddress(request.headers) }
      const moved = await moveReservation({ reservationId, act, actor, scope, key: key.value })
      if (moved.ok) after(ringOutboxBell)
      return moved.ok ? jsonResponse(moved.value) : moved
    },
  })
}
