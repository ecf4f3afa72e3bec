import { pool } from '@/lib/db/database'
import type { SlackState } from './settings.schema'

/** Whether an owner gets the day sheet. Null: they are not an owner of this restaurant. */
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

/** Whether a restaurant's Slack is connected. The caller has already been let in. */
export async function readSlackState(restaurantId: string): Promise<SlackState> {
  const { rows } = await pool.query<{ setAt: string; refusal: string | null }>(
    `SELECT iso_instant(set_at) AS "setAt", refusal FROM slack_hooks WHERE restaurant_id = $1`,
    [restaurantId],
  )
  const [hook] = rows
  if (!hook) return { state: 'off' }
  const { setAt, refusal } = hook
  return refusal === null ? { state: 'on', setAt } : { state: 'refused', refusal }
}
