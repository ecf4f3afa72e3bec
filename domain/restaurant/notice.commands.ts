import { sendNoticeAgain } from '@/domain/notification/commands'
import { pool } from '@/lib/db/db'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { readStaffRole } from './queries'
import type { StaffActor } from './types'

/**
 * An owner has a notice of their restaurant sent again. Refuses `not-found` to everybody else and for
 * other restaurants' notices, and what `sendNoticeAgain` refuses.
 */
export async function sendHouseNotice({
  restaurantId,
  noticeId,
  actor,
}: {
  restaurantId: string
  noticeId: string
  actor: StaffActor
}): Promise<Result<{ noticeId: string }>> {
  const role = await readStaffRole({ accountId: actor.accountId, restaurantId })
  if (role !== 'OWNER' && role !== 'ADMIN') return refuse('not-found')
  return sendNoticeAgain({ noticeId, restaurantId, actor: { ...actor, role } })
}

/**
 * An owner wants the sheet of the day, or doesn't. It concerns nobody else, so the trail does not
 * keep it. Refuses `not-found` to who is no approved owner here.
 */
export async function wishDaySheet({
  restaurantId,
  wants,
  actor,
}: {
  restaurantId: string
  wants: boolean
  actor: StaffActor
}): Promise<Result<{ wants: boolean }>> {
  const { accountId } = actor
  if ((await readStaffRole({ accountId, restaurantId })) !== 'OWNER') return refuse('not-found')
  const { rowCount } = await pool.query(
    `UPDATE restaurant_staff SET wants_day_sheet = $3
      WHERE restaurant_id = $1 AND account_id = $2 AND role = 'OWNER'`,
    [restaurantId, accountId, wants],
  )
  return rowCount === 1 ? succeed({ wants }) : refuse('not-found')
}
