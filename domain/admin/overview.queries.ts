import { ADMIN_TIME_ZONE } from '@/domain/identity/admin.rules'
import { pool } from '@/lib/db/db'
import type { TodayFigures } from './overview.types'

const MIDNIGHT = `(date_trunc('day', now() AT TIME ZONE '${ADMIN_TIME_ZONE}') AT TIME ZONE '${ADMIN_TIME_ZONE}')`

/**
 * What happened since midnight, counted from the trail of today and never from all reservations; an
 * act that was taken back does not count.
 */
export async function readTodayFigures(): Promise<TodayFigures & { asOf: string }> {
  const { rows } = await pool.query<TodayFigures & { asOf: string }>(
    `SELECT iso_instant(now()) AS "asOf", acts.*,
            (SELECT count(*)::int FROM accounts WHERE created_at >= ${MIDNIGHT}) AS "newAccounts",
            (SELECT count(*)::int FROM accounts
              WHERE role = 'OWNER' AND owner_approved_at IS NULL AND owner_refused_at IS NULL
                AND email_confirmed_at IS NOT NULL) AS "ownersWaiting"
       FROM (SELECT count(*) FILTER (WHERE act = 'BOOK')::int AS booked,
                    count(*) FILTER (WHERE act = 'WALK_IN')::int AS "walkIns",
                    count(*) FILTER (WHERE act = 'CANCEL')::int AS cancelled
               FROM audit_events
              WHERE at >= ${MIDNIGHT} AND subject = 'RESERVATION' AND undone_at IS NULL) AS acts`,
  )
  const [figures] = rows
  if (!figures) throw new Error('the figures of today were not read')
  return figures
}
