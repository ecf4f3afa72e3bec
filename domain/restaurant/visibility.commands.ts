import { actAsAdmin } from '@/domain/identity/admin.commands'
import type { AdminActor } from '@/domain/identity/admin.schema'
import type { Stop, Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { Restaurant } from '@/prisma/generated/client'
import { lockRestaurant, recordRestaurantAct } from './commands'

type Asked = { restaurantId: string; reason: string; actor: AdminActor }
type Done = { name: string }

async function findRestaurant(
  tx: Transaction,
  { restaurantId, stop }: { restaurantId: string; stop: Stop },
): Promise<Restaurant> {
  return (await lockRestaurant(tx, restaurantId)) ?? stop(refuse('not-found'))
}

const states = {
  HIDE: { from: 'PUBLISHED', to: 'HIDDEN' },
  RESTORE: { from: 'HIDDEN', to: 'PUBLISHED' },
} as const

/** Locks the admin's account, then the restaurant. */
function decideVisibility({
  restaurantId,
  reason,
  actor,
  act,
}: Asked & { act: keyof typeof states }): Promise<Result<Done>> {
  const { from, to } = states[act]
  const isHiding = act === 'HIDE'
  return actAsAdmin({
    actor,
    work: async (tx, stop) => {
      const { name, published, hiddenAt } = await findRestaurant(tx, { restaurantId, stop })
      if (isHiding ? !published : !hiddenAt) return stop(refuse('already-decided'))
      await tx.$executeRaw`
        UPDATE restaurants
           SET published = ${!isHiding}, hidden_at = CASE WHEN ${isHiding} THEN now() END,
               hidden_reason = CASE WHEN ${isHiding} THEN ${reason} END, version = version + 1
         WHERE id = ${restaurantId}::uuid`
      const event = { restaurantId, actor, act, from, to, details: { reason } }
      await recordRestaurantAct(tx, { ...event, role: 'ADMIN' })
      return { name }
    },
  })
}

/**
 * An admin hides a restaurant from everybody but its staff: no list, no page, no new booking, and
 * its owner can't publish it. Reservations stand, and the staff's board works. Locks the admin's
 * account, then the restaurant. Refuses `not-found`, and `already-decided` when it is not published.
 */
export function hideRestaurant(asked: Asked): Promise<Result<Done>> {
  return decideVisibility({ ...asked, act: 'HIDE' })
}

/** Shows a hidden restaurant to everybody again. Locks and refuses as `hideRestaurant`. */
export function restoreRestaurant(asked: Asked): Promise<Result<Done>> {
  return decideVisibility({ ...asked, act: 'RESTORE' })
}
