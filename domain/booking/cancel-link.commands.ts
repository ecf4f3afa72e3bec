import { type Result, refuse } from '@/lib/problems/result'
import { actByLink } from './actor.commands'
import { moveReservation } from './move.commands'
import type { Moved } from './types'

/**
 * Gives a table back through the link mailed to its diner or guest. Nothing but this, `changeByLink` and
 * `sayLateByLink` can be done by it, and it reveals nothing about the account. Locks the diner's account
 * or the guest, then like `moveReservation`.
 *
 * Refuses as `actByLink` does, `cancel-link-over` once its time has come, and what `moveReservation`
 * refuses: `cannot-move` when the reservation is already cancelled, `after-start` when its time came
 * just now.
 */
export function cancelByLink(by: {
  token: string
  address: string | null
}): Promise<Result<Moved>> {
  return actByLink<Moved>({
    ...by,
    act: async ({ found: { state }, asked }) =>
      state === 'OVER' ? refuse('cancel-link-over') : moveReservation({ ...asked, act: 'CANCEL' }),
  })
}
