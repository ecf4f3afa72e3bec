import { after } from 'next/server'
import { moveReservation } from '@/domain/booking/move.commands'
import { readIdempotencyKey } from '@/domain/booking/schema'
import type { MoveScope, ReservationAct } from '@/domain/booking/types'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
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
      if (moved.ok) after(nudgeOutbox)
      return moved.ok ? jsonResponse(moved.value) : moved
    },
  })
}
