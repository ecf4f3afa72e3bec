import { editVersion } from '@/domain/restaurant/commands'
import { listTablesIn } from '@/domain/restaurant/setup.queries'
import { listCombinationsIn } from '@/domain/restaurant/table-group.queries'
import type { StaffActor } from '@/domain/restaurant/types'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { deleteSlots } from './plan.commands'
import type { TableToRetire } from './plan.schema'

type ComingSlot = { id: string; serviceDate: string; isTaken: boolean }

/**
 * Locks the table, then its coming slots in id order, so that no booking slips in between checking and
 * removing, off the plan neither.
 */
async function lockComing(tx: Transaction, tableId: string): Promise<ComingSlot[]> {
  await tx.$queryRaw`SELECT lock_tables(p_tables => ARRAY[${tableId}::uuid])::text`
  return tx.$queryRaw<ComingSlot[]>`
    SELECT id, service_date::text AS "serviceDate",
           NOT is_slot_free(taken, held_until, now()) AS "isTaken"
      FROM slots WHERE table_id = ${tableId}::uuid AND deleted_at IS NULL AND ends_at > now()
     ORDER BY id FOR UPDATE`
}

/** The number of parties booked on each date. */
function countByDate(taken: readonly ComingSlot[]): { serviceDate: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { serviceDate } of taken) counts.set(serviceDate, (counts.get(serviceDate) ?? 0) + 1)
  return [...counts]
    .map(([serviceDate, count]) => ({ serviceDate, count }))
    .toSorted((a, b) => a.serviceDate.localeCompare(b.serviceDate))
}

/**
 * Takes a table out of use: its free coming slots are no longer offered, and booked ones stay with
 * their parties. It leaves its area, and its combinations end. When the table is booked, refuses `has-reservations` with the dates and counts
 * (`dates`), unless `keepsReservations`.
 *
 * Locks the restaurant's row, then the table, then its slots in id order. Also refuses `not-found` and
 * `changed-meanwhile` (with the present tables).
 */
export async function retireTable({
  actor,
  ...asked
}: TableToRetire & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  const { restaurantId, version, tableId, keepsReservations } = asked
  return editVersion({
    restaurantId,
    actor,
    version,
    readPresent: ({ tx }) => listTablesIn(tx, restaurantId),
    work: async ({ tx, stop, record }) => {
      const table = (await listTablesIn(tx, restaurantId)).find(({ id }) => id === tableId)
      if (!table) return stop(refuse('not-found'))
      const coming = await lockComing(tx, tableId)
      const taken = coming.filter(({ isTaken }) => isTaken)
      if (taken.length > 0 && !keepsReservations)
        stop(refuse('has-reservations', { dates: countByDate(taken) }))
      const free = coming.filter(({ isTaken }) => !isTaken).map(({ id }) => id)
      const ended = (await listCombinationsIn(tx, restaurantId)).filter(({ tableNumbers }) =>
        tableNumbers.includes(table.number),
      )
      await deleteSlots(tx, free)
      await tx.$executeRaw`UPDATE slots SET gave_way = false WHERE table_id = ${tableId}::uuid AND gave_way`
      await tx.$executeRaw`UPDATE restaurant_tables SET deleted_at = now() WHERE id = ${tableId}::uuid`
      await record({
        act: 'REMOVE_TABLE',
        subject: 'TABLE',
        subjectId: tableId,
        to: 'REMOVED',
        details: {
          number: table.number,
          removed: free.length,
          kept: taken.length,
          combinations: ended,
        },
      })
    },
  })
}
