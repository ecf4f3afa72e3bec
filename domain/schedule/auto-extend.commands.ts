import { editRestaurant } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { log } from '@/lib/log'
import type { Result } from '@/lib/problems/result'
import { runUnderLease } from '@/lib/redis/lease'
import { listEndingSchedules } from './auto-extend.queries'
import { applyRange, leaseNameOf } from './plan.commands'

/** Restaurants per sweep, so that a sweep stays short; the rest follow in the next one. */
const BATCH = 10

/**
 * Extends schedules that end before their horizon: makes what the owner would make by hand for
 * these dates, under the same lease and fencing number. A restaurant whose schedule is being edited
 * at this moment is skipped. Nothing depends on when the sweep runs.
 */
export async function extendSchedules(): Promise<{ continued: number }> {
  let continued = 0
  for (const { restaurantId, from, to } of await listEndingSchedules({ limit: BATCH })) {
    const made = await runUnderLease({
      name: leaseNameOf(restaurantId),
      waitMs: 0,
      run: (lease) =>
        applyRange({ restaurantId, from, to, fingerprint: null, author: null, lease }),
    })
    if (made.ok && made.value.ok) continued += 1
    else if (made.ok) log.info({ restaurantId, ...made.value }, 'schedule not continued')
  }
  return { continued }
}

/**
 * Turns automatic extension of a restaurant's schedule on or off. Locks the restaurant's row.
 * Refuses `not-found`.
 */
export async function setAutoExtend({
  restaurantId,
  keeps,
  actor,
}: {
  restaurantId: string
  keeps: boolean
  actor: StaffActor
}): Promise<Result<null>> {
  return editRestaurant({
    restaurantId,
    actor,
    work: async ({ tx, restaurant, record }) => {
      await tx.restaurant.update({ where: { id: restaurantId }, data: { keepsSchedule: keeps } })
      const stateOf = (on: boolean) => (on ? 'ON' : 'OFF')
      const from = stateOf(restaurant.keepsSchedule)
      await record({ act: 'KEEP_SCHEDULE', from, to: stateOf(keeps) })
      return null
    },
  })
}
