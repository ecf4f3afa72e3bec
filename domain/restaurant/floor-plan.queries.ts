import { pool } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/transaction'
import type { Result } from '@/lib/problems/result'
import type { TablePlace } from './floor-plan.schema'
import { type Asked, readForStaff, type Versioned } from './table-group.queries'

/** The places that owners have given their tables, by number; a table out of use has none. */
const FLOOR_PLAN = `
  SELECT number AS "tableNumber", floor_x AS x, floor_y AS y, floor_shape AS shape
    FROM restaurant_tables WHERE restaurant_id = $1::uuid AND floor_x IS NOT NULL ORDER BY number`

export async function listPlaces({
  restaurantId,
}: {
  restaurantId: string
}): Promise<TablePlace[]> {
  const { rows } = await pool.query<TablePlace>(FLOOR_PLAN, [restaurantId])
  return rows
}

/** The same on a transaction's own connection. */
export async function listPlacesIn(tx: Transaction, restaurantId: string): Promise<TablePlace[]> {
  return tx.$queryRawUnsafe<TablePlace[]>(FLOOR_PLAN, restaurantId)
}

/** For the restaurant's staff. Refuses `not-found` to everyone else. */
export function readFloorPlan(asked: Asked): Promise<Result<Versioned<TablePlace>, 'not-found'>> {
  return readForStaff({ ...asked, list: listPlaces })
}
