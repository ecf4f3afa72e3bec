import { pool } from '@/lib/db/db'
import type { Transaction } from '@/lib/db/transaction'
import type { Closure } from './closure.types'

const CLOSURES = `
  SELECT closed_date::text AS date, reason FROM restaurant_closures c
    JOIN restaurants r ON r.id = c.restaurant_id
   WHERE c.restaurant_id = $1::uuid
     AND c.closed_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)
   ORDER BY c.closed_date LIMIT 400`

/** From today on, the nearest first; a year of them fits. */
export async function listClosures({ restaurantId }: { restaurantId: string }): Promise<Closure[]> {
  const { rows } = await pool.query<Closure>(CLOSURES, [restaurantId])
  return rows
}

/** The same on a transaction's own connection. */
export async function listClosuresIn(tx: Transaction, restaurantId: string): Promise<Closure[]> {
  return tx.$queryRawUnsafe<Closure[]>(CLOSURES, restaurantId)
}
