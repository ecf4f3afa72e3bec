import { actAsAdmin } from '@/domain/identity/admin/commands'
import type { AdminActor } from '@/domain/identity/admin/types'
import { type Result, refuse } from '@/lib/result'
import type { Stop, Transaction } from '@/lib/transaction'
import type { Restaurant } from '@/prisma/generated/client'
import { lockRestaurant, recordHouseAct } from '../commands'

type Asked = { restaurantId: string; reason: string; actor: AdminActor }
type Done = { name: string }

async function findHouse(
  tx: Transaction,
  { restaurantId, stop }: { restaurantId: string; stop: Stop },
): Promise<Restaurant> {
  return (await lockRestaurant(tx, restaurantId)) ?? stop(refuse('not-found'))
}

/**
 * An admin hides a restaurant from everybody but its staff: no list, no page, no new booking, and
 * its owner can't publish it. Reservations stand, and the staff's board works. Locks the admin's
 * account, then the restaurant. Refuses `not-found`, and `already-decided` when it is not published.
 */
export async function hideRestaurant({
  restaurantId,
  reason,
  actor,
}: Asked): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    work: async (tx, stop) => {
      const { name, published } = await findHouse(tx, { restaurantId, stop })
      if (!published) return stop(refuse('already-decided'))
      await tx.$executeRaw`
        UPDATE restaurants
           SET published = false, hidden_at = now(), hidden_reason = ${reason}, version = version + 1
         WHERE id = ${restaurantId}::uuid`
      await recordHouseAct(tx, {
        ...{ restaurantId, actor, role: 'ADMIN', act: 'HIDE' },
        ...{ from: 'PUBLISHED', to: 'HIDDEN', details: { reason } },
      })
      return { name }
    },
  })
}

/** Shows a hidden restaurant to everybody again. Locks and refuses as `hideRestaurant`. */
export async function restoreRestaurant({
  restaurantId,
  reason,
  actor,
}: Asked): Promise<Result<Done>> {
  return actAsAdmin({
    actor,
    work: async (tx, stop) => {
      const { name, hiddenAt } = await findHouse(tx, { restaurantId, stop })
      if (!hiddenAt) return stop(refuse('already-decided'))
      await tx.$executeRaw`
        UPDATE restaurants
           SET published = true, hidden_at = NULL, hidden_reason = NULL, version = version + 1
         WHERE id = ${restaurantId}::uuid`
      await recordHouseAct(tx, {
        ...{ restaurantId, actor, role: 'ADMIN', act: 'RESTORE' },
        ...{ from: 'HIDDEN', to: 'PUBLISHED', details: { reason } },
      })
      return { name }
    },
  })
}
