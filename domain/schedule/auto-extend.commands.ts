import { editRestaurant } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { log } from '@/lib/log'
import type { Result } from '@/lib/problems/result'
import { runUnderLease } from '@/lib/redis/lease'
import { listEndingSchedules } from './auto-extend.queries'
import { applyRange, leaseNameOf } from './plan.commands'

/** So many at once, so that a sweep stays short; the rest follow with the next. */
const BATCH = 10

/**
 * Continues the schedules that end before their horizon: what the owner would make by hand for
 * these dates, under the same lease and number. Where somebody is just making it, they go on alone.
 * Nothing depends on when it runs.
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

/** Whether the service goes on making dates. Locks the restaurant's row. Refuses `not-found`. */
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
