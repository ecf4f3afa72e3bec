import type { SessionRef } from '@/domain/identity/types'
import { VISIT_COLUMNS } from '@/domain/restaurant/queries'
import type { StaffVisit } from '@/domain/restaurant/types'
import { pool } from '@/lib/db/database'

/** `$1` the restaurant, `$2` the date or null for today. */
export const DAY_MARK = 'day_mark(p_restaurant => $1::uuid, p_date => $2::date)'

const CHECK_DAY = `
  SELECT ${VISIT_COLUMNS}, is_notice_due() AS "isNoticeDue", iso_instant(now()) AS "asOf",
         CASE WHEN v.acting_role IS NOT NULL THEN ${DAY_MARK} END AS mark
    FROM staff_visit(p_account => $3, p_epoch => $4, p_session => $5, p_restaurant => $1) v`

export type AskedDay = { restaurantId: string; date?: string | undefined; session: SessionRef }

/**
 * The mark of a day that a tablet polls, and whether the session behind it goes on, in one statement.
 * `mark` of null: the account is not on the restaurant's staff. Null: the session has ended.
 */
export async function checkDay({
  restaurantId,
  date,
  session: { accountId, epoch, sessionId },
}: AskedDay): Promise<{
  visit: StaffVisit
  mark: string | null
  asOf: string
  isNoticeDue: boolean
} | null> {
  const { rows } = await pool.query<
    StaffVisit & { isNoticeDue: boolean; asOf: string; mark: string | null }
  >(CHECK_DAY, [restaurantId, date ?? null, accountId, epoch, sessionId])
  const [row] = rows
  if (!row) return null
  const { mark, asOf, isNoticeDue, ...visit } = row
  return { visit, mark, asOf, isNoticeDue }
}
