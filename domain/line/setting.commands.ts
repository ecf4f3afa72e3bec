import { recordAct } from '@/domain/identity/audit.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { LineChange, LineSetting } from './setting.schema'

/** Unless the owner says otherwise; guests stand at the door before it opens. */
const OPENS_BEFORE_MINUTES = 30

/** Locks today's line even when it is empty, because a joining party waits for this lock. */
async function lockToday(tx: Transaction, restaurantId: string): Promise<boolean> {
  const [restaurant] = await tx.$queryRaw<{ today: string }[]>`
    SELECT service_date_at(now(), time_zone, day_cut_minutes)::text AS today FROM restaurants
     WHERE id = ${restaurantId}::uuid AND deleted_at IS NULL`
  if (!restaurant) return false
  await tx.$executeRaw`
    INSERT INTO lines (restaurant_id, service_date) VALUES (${restaurantId}::uuid, ${restaurant.today}::date)
    ON CONFLICT (restaurant_id, service_date) DO NOTHING`
  await tx.$queryRaw`SELECT lock_line(${restaurantId}::uuid, ${restaurant.today}::date)`
  return true
}

/**
 * Opens, pauses or closes the line, gives the reason, limits how many may wait, and says how long
 * before the restaurant's hours it takes parties. Waiting parties stay. Pausing and joining take turns on the lock: no party joins a paused line. Locks today's
 * line, then the setting. All of the restaurant's staff may open, pause and close; only its owner
 * may set limit and margin or create a line.
 *
 * Refuses `not-found` to everyone else, and `no-line` to floor staff when there is no line yet.
 */
export async function changeLine({
  restaurantId,
  actor,
  change,
}: {
  restaurantId: string
  actor: StaffActor
  change: LineChange
}): Promise<Result<LineSetting, 'not-found' | 'no-line' | 'not-allowed'>> {
  return runTransaction(async (tx, stop) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    if (!role || !(await lockToday(tx, restaurantId))) return stop(refuse('not-found'))
    const before = await tx.lineSetting.findUnique({ where: { restaurantId } })
    if (role === 'STAFF' && !before) return stop(refuse('no-line'))
    const { longest, opensBeforeMinutes } = change
    const isSettling = longest !== undefined || opensBeforeMinutes !== undefined
    if (role === 'STAFF' && isSettling) return stop(refuse('not-allowed'))
    const after: LineSetting = {
      state: change.state ?? before?.state ?? 'CLOSED',
      reason: change.state ? (change.reason ?? null) : (before?.reason ?? null),
      longest: longest === undefined ? (before?.longest ?? null) : longest,
      opensBeforeMinutes: opensBeforeMinutes ?? before?.opensBeforeMinutes ?? OPENS_BEFORE_MINUTES,
    }
    await tx.lineSetting.upsert({
      where: { restaurantId },
      create: { restaurantId, ...after },
      update: after,
    })
    await recordAct(tx, {
      subject: 'LINE',
      subjectId: restaurantId,
      restaurantId,
      actor: { ...actor, role },
      act: 'CHANGE_LINE',
      ...(before && { from: before.state }),
      to: after.state,
      details: {
        reason: after.reason,
        longest: after.longest,
        opensBeforeMinutes: after.opensBeforeMinutes,
      },
    })
    return after
  })
}
