import { type Result, refuse } from '@/lib/problems/result'
import { type EditRefusal, editVersion } from './commands'
import { listPlacesIn } from './floor-plan.queries'
import { findPlanFault } from './floor-plan.rules'
import type { TablePlace } from './floor-plan.schema'
import { listTablesIn } from './setup.queries'
import type { StaffActor } from './types'

type PlanRefusal = EditRefusal | 'no-such-table' | 'same-cell'

/**
 * Replaces the floor plan of a restaurant: a table that is not named has no place of its own. Locks the
 * restaurant's row, then its tables in id order. Refuses `not-found`, `changed-meanwhile` (with the
 * present plan), and, naming the tables: `no-such-table`, `same-cell`.
 */
export async function saveFloorPlan({
  places,
  ...saving
}: {
  places: TablePlace[]
  restaurantId: string
  actor: StaffActor
  /** The version that the page showed. Null: whichever it is. */
  version: number | null
}): Promise<Result<{ version: number }, PlanRefusal>> {
  const { restaurantId } = saving
  return editVersion<PlanRefusal>({
    ...saving,
    constraints: { restaurant_tables_cell_once: 'same-cell' },
    readPresent: ({ tx }) => listPlacesIn(tx, restaurantId),
    work: async ({ tx, stop, record }) => {
      const tables = await listTablesIn(tx, restaurantId)
      const fault = findPlanFault({ places, tables })
      if (fault) stop(refuse(fault.reason, fault.details))
      const before = await listPlacesIn(tx, restaurantId)
      const ids = tables.map(({ id }) => id)
      await tx.$queryRaw`SELECT lock_tables(p_tables => ${ids}::uuid[])::text`
      // One statement, at the end of which the cells are judged: two tables may change places.
      await tx.$executeRaw`
        UPDATE restaurant_tables t SET floor_x = p.x, floor_y = p.y, floor_shape = p.shape
          FROM (SELECT u.id, n.x, n.y, n.shape
                  FROM restaurant_tables u
                  LEFT JOIN unnest(${places.map(({ tableNumber }) => tableNumber)}::int[], ${places.map(({ x }) => x)}::int[],
                                   ${places.map(({ y }) => y)}::int[], ${places.map(({ shape }) => shape)}::table_shape[])
                         AS n(number, x, y, shape) ON n.number = u.number
                 WHERE u.restaurant_id = ${restaurantId}::uuid AND u.deleted_at IS NULL) AS p
         WHERE t.id = p.id AND (t.floor_x, t.floor_y, t.floor_shape) IS DISTINCT FROM (p.x, p.y, p.shape)`
      await record({ act: 'CHANGE_FLOOR_PLAN', to: 'SAVED', details: { before } })
    },
  })
}
