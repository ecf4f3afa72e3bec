import { pool } from '@/lib/db/db'
import { hasMailServer } from '@/lib/mail/mail'
import { readPushKey } from '@/lib/push/push'
import type { DeviceState } from './subscription.types'

/**
 * The browsers that follow a ticket without an account; whoever asks holds its link. Without a mail
 * server nothing is delivered at all, so none is offered.
 */
export async function readGuestDevices(ticketId: string): Promise<DeviceState> {
  const { rows } = await pool.query<{ device: string }>(
    `SELECT encode(sha256(convert_to(endpoint, 'UTF8')), 'hex') AS device FROM guest_devices WHERE ticket_id = $1`,
    [ticketId],
  )
  return {
    publicKey: hasMailServer() ? readPushKey() : null,
    devices: rows.map(({ device }) => device),
  }
}
