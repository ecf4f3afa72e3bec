import { pool } from '@/lib/db/db'
import { readPushKey } from '@/lib/push/push'
import type { ChannelChoice } from './subscription.schema'
import type { PushState } from './subscription.types'

/** Somebody's own; null when the account is gone. */
export async function readPushState(accountId: string): Promise<PushState | null> {
  const { rows } = await pool.query<{ first: ChannelChoice; devices: string[] }>(
    `SELECT a.notice_channels[1] AS first,
            ARRAY(SELECT encode(sha256(convert_to(s.endpoint, 'UTF8')), 'hex') FROM push_subscriptions s
                   WHERE s.account_id = a.id) AS devices
       FROM accounts a WHERE a.id = $1`,
    [accountId],
  )
  return rows[0] ? { publicKey: readPushKey(), ...rows[0] } : null
}
