import { LRUCache } from 'lru-cache'
import { recordAct, SERVICE } from '@/domain/identity/audit.commands'
import { editRestaurant, editVersion, lockRestaurant } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { log } from '@/lib/log'
import { type Result, refuse } from '@/lib/problems/result'
import { ONE_PER_DATE, writeAnnouncement } from './plan.commands'
import { findRecurringOpening, listDueDates } from './recurring.queries'
import { isDue, planOf, refuseRecurringOpening } from './recurring.rules'
import type { DueDate, RecurringOpening } from './recurring.schema'

/** So many at once, so that a sweep stays short; the rest follow with the next. */
const BATCH = 20

/**
 * Announces the recurring openings that are due, three days ahead of their instants, each a row of
 * its own with a secret of its own. Whoever comes by does it: the sweep for all restaurants, and
 * whoever looks at a restaurant's openings for that one. Nothing depends on when it runs, and any
 * number may at once.
 */
export async function continueOpenings({
  restaurantId = null,
}: {
  restaurantId?: string | null
} = {}): Promise<{ announced: number }> {
  let announced = 0
  for (const due of await listDueDates({ restaurantId, limit: BATCH })) {
    const answer = await announceDue(due)
    if (answer.ok) announced += 1
    else log.info({ ...due, reason: answer.reason }, 'recurring opening not announced')
  }
  return { announced }
}

/**
 * One date's. Locks the restaurant's row, behind which a second sweep finds the first one's opening;
 * where it does not, the unique index on the date does. Refuses what `announceOpening` refuses.
 */
async function announceDue(due: DueDate): Promise<Result<string>> {
  const plan = planOf(due)
  const { restaurantId, since } = due
  if (!isDue({ plan, since })) return refuse('past-time')
  const announce = async (tx: Transaction, stop: Stop) => {
    if (!(await lockRestaurant(tx, restaurantId))) return stop(refuse('not-found'))
    const [other] = await tx.$queryRaw<object[]>`
      SELECT 1 FROM openings
       WHERE restaurant_id = ${restaurantId}::uuid AND service_date = ${plan.serviceDate}::date`
    if (other) return stop(refuse('opening-exists'))
    const openingId = await writeAnnouncement({ tx, stop, restaurantId, plan })
    const on = { subject: 'OPENING', subjectId: openingId, restaurantId } as const
    const announced = { act: 'ANNOUNCE', to: 'ANNOUNCED', details: plan } as const
    await recordAct(tx, { ...on, ...announced, actor: SERVICE })
    return openingId
  }
  return runTransaction(announce, { constraints: ONE_PER_DATE })
}

/** When this process last looked for a restaurant. */
const looked = new LRUCache<string, number>({ max: 10_000 })
const LOOK_AGAIN_MS = 60_000

/** Looks at most once a minute and process, for whoever is about to read. Never throws. */
export async function nudgeOpenings(restaurantId: string): Promise<void> {
  const nowMs = performance.now()
  if (nowMs - (looked.get(restaurantId) ?? Number.NEGATIVE_INFINITY) < LOOK_AGAIN_MS) return
  looked.set(restaurantId, nowMs)
  await continueOpenings({ restaurantId }).catch((error: unknown) =>
    log.warn({ restaurantId, error: String(error) }, 'recurring openings not looked for'),
  )
}

type Saving = {
  restaurantId: string
  version: number
  recurring: RecurringOpening
  actor: StaffActor
}

/**
 * Saves the recurring opening and switches it on; schedules made from now on open by it. What was
 * announced stays as it was announced; the first opening it announces is a day away at the
 * earliest. Locks the restaurant's row. Refuses `not-found`, `changed-meanwhile` (with the present
 * recurring), `opening-too-early` when nobody could book at these instants.
 */
export async function saveRecurringOpening({
  restaurantId,
  version,
  recurring,
  actor,
}: Saving): Promise<Result<{ version: number }>> {
  return editVersion({
    restaurantId,
    version,
    actor,
    readPresent: () => findRecurringOpening(restaurantId),
    work: async ({ tx, stop, restaurant, record }) => {
      const refusal = refuseRecurringOpening({ recurring, restaurant })
      if (refusal) stop(refuse(refusal))
      const stored = { ...recurring, active: true }
      await tx.recurringOpening.upsert({
        where: { restaurantId },
        create: { restaurantId, ...stored },
        update: stored,
      })
      await tx.$executeRaw`UPDATE recurring_openings SET since = now() WHERE restaurant_id = ${restaurantId}::uuid`
      await record({ act: 'REPEAT_OPENING', to: 'ON', details: recurring })
    },
  })
}

/**
 * Repeats the opening, or stops repeating it; what was announced stays. Locks the restaurant's row.
 * Refuses `not-found`, also when there is nothing to repeat.
 */
export async function switchRecurringOpening({
  restaurantId,
  isOn,
  actor,
}: {
  restaurantId: string
  isOn: boolean
  actor: StaffActor
}): Promise<Result<{ isOn: boolean }>> {
  return editRestaurant({
    restaurantId,
    actor,
    work: async ({ tx, stop, record }) => {
      const switched = await tx.$executeRaw`
        UPDATE recurring_openings SET active = ${isOn}, since = CASE WHEN active = ${isOn} THEN since ELSE now() END
         WHERE restaurant_id = ${restaurantId}::uuid`
      if (switched === 0) return stop(refuse('not-found'))
      await record({ act: 'REPEAT_OPENING', to: isOn ? 'ON' : 'OFF' })
      return { isOn }
    },
  })
}
