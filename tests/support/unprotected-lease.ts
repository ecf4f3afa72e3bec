/** Control: a write under a lease without its fencing number. It proves that the tests can fail. */
import { pool } from '@/lib/db/database'

type Write = { restaurantId: string; serviceDate: string; opensAt: Date; fence: bigint }

/** As every write under a lease: refused when a newer number has written. */
export async function writeWithFence(asked: Write): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE service_dates SET opens_at = $3, fence = $4
      WHERE restaurant_id = $1 AND service_date = $2 AND fence <= $4`,
    [asked.restaurantId, asked.serviceDate, asked.opensAt, asked.fence],
  )
  return rowCount === 1
}

/** Trusts the lease alone. */
export async function writeWithoutFence(asked: Write): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE service_dates SET opens_at = $3 WHERE restaurant_id = $1 AND service_date = $2`,
    [asked.restaurantId, asked.serviceDate, asked.opensAt],
  )
  return rowCount === 1
}
