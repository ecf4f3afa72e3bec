import { pool } from '@/lib/db/db'
import type { Transaction } from '@/lib/db/transaction'
import type { HoursStretch } from './hours.types'

/** The ordinary week of a restaurant, by weekday and time. */
export async function listHours({
  restaurantId,
}: {
  restaurantId: string
}): Promise<HoursStretch[]> {
  const { rows } = await pool.query<HoursStretch>(
    `SELECT weekday, from_minutes AS "fromMinutes", to_minutes AS "toMinutes"
       FROM restaurant_hours WHERE restaurant_id = $1 ORDER BY weekday, from_minutes`,
    [restaurantId],
  )
  return rows
}

/** The same on a transaction's own connection. */
export async function listHoursIn(tx: Transaction, restaurantId: string): Promise<HoursStretch[]> {
  return tx.restaurantHours.findMany({
    where: { restaurantId },
    select: { weekday: true, fromMinutes: true, toMinutes: true },
    orderBy: [{ weekday: 'asc' }, { fromMinutes: 'asc' }],
  })
}
