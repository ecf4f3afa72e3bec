import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { OFF_PLAN_CONSTRAINTS, takeOffPlan } from '@/domain/booking/off-plan.commands'
import type { GuestBooking } from '@/domain/booking/schema'
import { findInstant } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { newCaller, noLater } from './guest-scene'
import { actorOf, type ScheduleScene } from './schedule-scene'
import { TIME_ZONE } from './time-zone'

/** An instant of the scene's date by the clock on its wall. */
export const instantAt = ({ date }: { date: string }, wallTime: string): Date =>
  findInstant({ serviceDate: date, wallTime, timeZone: TIME_ZONE }).at

/** Books tables for a caller between two times, as staff do. */
export function callOffPlan(
  scene: ScheduleScene,
  {
    tables = [0],
    from,
    to,
    ...change
  }: { tables?: number[] | null; from: string; to: string } & Partial<GuestBooking>,
) {
  const { restaurantId, date: serviceDate, ownerId } = scene
  const startsAt = instantAt(scene, from)
  const minutes = Math.round((instantAt(scene, to).getTime() - startsAt.getTime()) / 60_000)
  return bookForGuest({
    restaurantId,
    actor: actorOf(ownerId),
    later: noLater,
    request: {
      serviceDate,
      startsAt: startsAt.toISOString(),
      minutes,
      partySize: 2,
      ...(tables && { tableNumbers: tables.map((table) => table + 1) }),
      guest: newCaller(),
      source: 'PHONE',
      notify: false,
      ...change,
    },
  })
}

/**
 * Takes tables between two times as `callOffPlan` does, but once: who loses a race is not tried again.
 * The tables' slots are named in the order given.
 */
export function takeOnce(
  scene: ScheduleScene,
  { tables, from, to }: { tables: number[]; from: string; to: string },
) {
  const { restaurantId, date: serviceDate, tableIds } = scene
  const [startsAt, endsAt] = [instantAt(scene, from), instantAt(scene, to)]
  const stays = tables.map((table) => ({ tableId: tableIds[table] ?? '', startsAt, endsAt }))
  return runTransaction(
    async (tx, stop) => {
      await tx.$queryRaw`
        SELECT lock_slots(p_slots => '{}', p_tables => ${stays.map(({ tableId }) => tableId)}::uuid[],
                          p_starts_at => ${startsAt}::timestamptz, p_ends_at => ${endsAt}::timestamptz)::text`
      const taken = await takeOffPlan(tx, { restaurantId, serviceDate, stays })
      return taken.ok ? taken.value : stop(taken)
    },
    { constraints: OFF_PLAN_CONSTRAINTS },
  )
}

/** The slots of the plan that are not where they should be, as they should be once no party is off it. */
export async function listLostSlots(): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT concat_ws(' ', 'hidden for nobody:', t.number, s.starts_at) AS line
       FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
      WHERE s.gave_way AND NOT EXISTS (
        SELECT FROM slots o WHERE o.table_id = s.table_id AND o.off_plan AND o.deleted_at IS NULL
           AND tstzrange(o.starts_at, o.ends_at) && tstzrange(s.starts_at, s.ends_at))
      UNION ALL
     SELECT concat_ws(' ', 'off the plan for nobody:', t.number, s.starts_at)
       FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
      WHERE s.off_plan AND s.deleted_at IS NULL AND NOT EXISTS (
        SELECT FROM reservation_slots c JOIN reservations v ON v.id = c.reservation_id
         WHERE c.slot_id = s.id AND c.released_at IS NULL AND v.status IN ('CONFIRMED', 'SEATED'))`,
  )
  return rows.map(({ line }) => line)
}
