import { addDevice } from '@/domain/notification/subscription.commands'
import { pool } from '@/lib/db/database'
import type { TestDatabase } from './database'
import { passTime } from './opening-scene'
import type { Outside } from './outside'
import { makeBrowser } from './push-message'

let phones = 0

/** A browser of this account that takes pushes, at a path of its own. */
export async function addPhone({ accountId, outside }: { accountId: string; outside: Outside }) {
  phones += 1
  const path = `/reminded/${phones}`
  const browser = makeBrowser()
  const device = { endpoint: `${outside.origin}${path}`, ...browser.keys }
  const added = await addDevice({ accountId, sessionId: null, device })
  if (!added.ok) throw new Error(added.reason)
  return { ...browser, path }
}

/** As if that long had passed for an opening and for those who wait for it. */
export async function letPass(of: {
  database: TestDatabase
  openingId: string
  seconds: number
}): Promise<void> {
  const back = `- make_interval(secs => ${of.seconds})`
  await passTime(of)
  await of.database.query(
    `UPDATE opening_reminders SET comes_at = comes_at ${back}, due_at = due_at ${back}, computed_from = computed_from ${back}
      WHERE opening_id = $1`,
    [of.openingId],
  )
}

export async function cancelByRow(openingId: string): Promise<void> {
  await pool.query(
    `UPDATE openings SET cancelled_at = date_trunc('milliseconds', clock_timestamp()), cancelled_for = '가스 점검' WHERE id = $1`,
    [openingId],
  )
}

export type ReminderRow = {
  about: string
  isSettled: boolean
  /** Until the instant of which it tells, and until it is due. Null: not drawn. */
  comesInMs: number | null
  dueInMs: number | null
}

export async function listReminders(openingId: string): Promise<ReminderRow[]> {
  const { rows } = await pool.query<ReminderRow>(
    `SELECT about, settled_at IS NOT NULL AS "isSettled", (extract(epoch FROM comes_at - now()) * 1000)::float8 AS "comesInMs",
            (extract(epoch FROM due_at - now()) * 1000)::float8 AS "dueInMs"
       FROM opening_reminders WHERE opening_id = $1 ORDER BY about, account_id`,
    [openingId],
  )
  return rows
}

/** Each notice as `OPENING_SOON MAIL SENT`, or with why it was dropped. */
export async function listTold(): Promise<string[]> {
  const { rows } = await pool.query<{ told: string }>(
    `SELECT concat_ws(' ', kind, channel, state, dropped_because) AS told FROM notices WHERE kind LIKE 'OPENING_%' ORDER BY ordinal`,
  )
  return rows.map(({ told }) => told)
}
