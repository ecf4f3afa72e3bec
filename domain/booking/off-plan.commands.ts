import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'

/** One table for a stretch of time that is no seating of the plan. */
export type OffPlanStay = { tableId: string; startsAt: Date; endsAt: Date }

/**
 * A slot made beside the table's lock, by hand in the database: the constraint is the judge (G1). At a
 * table that is closed none is made.
 */
export const OFF_PLAN_CONSTRAINTS = {
  slots_no_overlap: 'slot-taken',
  slots_table_is_open: 'slot-taken',
} as const

/**
 * Makes slots off the plan, taken for good, for a reservation that gets them in the same transaction.
 * What the plan has at these times gives way, and comes back when the party goes. The tables are locked,
 * and the slots at these times with them (`lock_slots`).
 *
 * Refuses `slot-taken` with the `tableNumbers` where another party has a part of the time, or staff have
 * blocked it; slots of other parties never move.
 */
export async function takeOffPlan(
  tx: Transaction,
  {
    restaurantId,
    serviceDate,
    stays,
  }: { restaurantId: string; serviceDate: string; stays: readonly OffPlanStay[] },
): Promise<Result<string[], 'slot-taken'>> {
  const made: string[] = []
  for (const { tableId, startsAt, endsAt } of stays) {
    const [taken] = await tx.$queryRaw<{ slotId: string | null; tableNumber: number }[]>`
      SELECT take_off_plan(p_restaurant => t.restaurant_id, p_service_date => ${serviceDate}::date, p_table => t.id,
                           p_starts_at => ${startsAt}::timestamptz, p_ends_at => ${endsAt}::timestamptz)::text AS "slotId",
             t.number AS "tableNumber"
        FROM restaurant_tables t
       WHERE t.id = ${tableId}::uuid AND t.restaurant_id = ${restaurantId}::uuid AND t.deleted_at IS NULL`
    if (!taken?.slotId)
      return refuse('slot-taken', { tableNumbers: taken ? [taken.tableNumber] : [] })
    made.push(taken.slotId)
  }
  return succeed(made)
}
