import { pool } from '@/lib/db/db'

/** Whether an owner gets the sheet of the day. Null: they are no owner of this restaurant. */
export async function readDaySheetWish({
  accountId,
  restaurantId,
}: {
  accountId: string
  restaurantId: string
}): Promise<boolean | null> {
  const { rows } = await pool.query<{ wants: boolean }>(
    `SELECT wants_day_sheet AS wants FROM restaurant_staff
      WHERE restaurant_id = $1 AND account_id = $2 AND role = 'OWNER'`,
    [restaurantId, accountId],
  )
  return rows[0]?.wants ?? null
}
