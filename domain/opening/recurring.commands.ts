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

/** Openings per run, so that a sweep stays short; the next run takes the rest. */
const BATCH = 20

/**
 * Announces the recurring openings that are due, three days ahead of their instants, each a row of
 * its own with its own secret. The sweep does so for all restaurants, and a request for one
 * restaurant's openings does so for that restaurant. Nothing depends on when it runs, and any
 * number may run at once.
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
 * Announces one date. Locks the restaurant's row, so that a second sweep finds the first one's
 * opening; failing that, the unique index on the date stops it. Refuses like `announceOpening`.
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

/** When this process last checked each restaurant. */
const looked = new LRUCache<string, number>({ max: 10_000 })
const LOOK_AGAIN_MS = 60_000

/** Announces what is due before a read, at most once a minute per process. Never throws. */
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
 * Saves the recurring opening and switches it on; schedules made from now on open by it. Openings
 * already announced stay unchanged; the first new one is at least a day away. Locks the
 * restaurant's row. Refuses `not-found`, `changed-meanwhile` (with the present recurring opening),
 * `opening-too-early` when no diner could book at these instants.
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
 * Resumes or stops the recurring opening; openings already announced stay. Locks the restaurant's
 * row. Refuses `not-found`, also when there is none to resume.
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
