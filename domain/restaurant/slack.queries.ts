import { pool } from '@/lib/db/db'
import type { SlackState } from './slack.types'

/** Whether a restaurant's Slack is written to. Whoever asks has been let in already. */
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
