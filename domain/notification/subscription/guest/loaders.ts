import { pool } from '@/lib/db'
import { readPushKey } from '@/lib/push'
import type { DeviceState } from '../types'

/** The browsers that follow a ticket without an account; whoever asks holds its link. */
export async function loadGuestDevices(ticketId: string): Promise<DeviceState> {
  const { rows } = await pool.query<{ device: string }>(
    `SELECT encode(sha256(endpoint::bytea), 'hex') AS device FROM guest_devices WHERE ticket_id = $1`,
    [ticketId],
  )
  return { publicKey: readPushKey(), devices: rows.map(({ device }) => device) }
}
