import { pool } from '@/lib/db/database'
import { hasMailServer } from '@/lib/mail/mail'
import { readPushKey } from '@/lib/push/push'
import type { ChannelChoice, DeviceState, PushState } from './subscription.schema'

/** A person's own push state. Null: the account is gone. */
export async function readPushState(accountId: string): Promise<PushState | null> {
  const { rows } = await pool.query<{ first: ChannelChoice; devices: string[] }>(
    `SELECT a.notice_channels[1] AS first,
            ARRAY(SELECT encode(s.endpoint_hash, 'hex') FROM push_subscriptions s
                   WHERE s.account_id = a.id) AS devices
       FROM accounts a WHERE a.id = $1`,
    [accountId],
  )
  return rows[0] ? { publicKey: readPushKey(), ...rows[0] } : null
}

/** Null: the operator has not set up push, or no mail server, and then nothing is delivered at all. */
export const readOfferedPushKey = (): string | null => (hasMailServer() ? readPushKey() : null)

/** The browsers that follow a ticket without an account; the caller holds its link. */
export async function readGuestDevices(ticketId: string): Promise<DeviceState> {
  const { rows } = await pool.query<{ device: string }>(
    `SELECT encode(endpoint_hash, 'hex') AS device FROM guest_devices WHERE ticket_id = $1`,
    [ticketId],
  )
  return {
    publicKey: readOfferedPushKey(),
    devices: rows.map(({ device }) => device),
  }
}
