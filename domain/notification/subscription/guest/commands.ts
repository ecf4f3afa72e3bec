import { pool } from '@/lib/db'
import { isPushEndpoint } from '@/lib/notice-origin'
import { readPushKey } from '@/lib/push'
import { type Result, refuse, succeed } from '@/lib/result'
import type { DeviceForm } from '../schema'

/** A party's phones; the oldest make room. */
const MOST_DEVICES = 3

/**
 * A browser hears of one ticket from now on, which is nobody's account and still in line; what was
 * queued before goes the way it went. Refuses `push-off` where the operator has set no keys,
 * `push-endpoint` for an address that is no push service's, and `not-found`.
 */
export async function addGuestDevice({
  ticketId,
  device: { endpoint, p256dh, auth },
}: {
  ticketId: string
  device: DeviceForm
}): Promise<Result<null>> {
  if (!readPushKey()) return refuse('push-off')
  if (!isPushEndpoint(endpoint)) return refuse('push-endpoint')
  const added = await pool.query(
    `INSERT INTO guest_devices (ticket_id, endpoint, p256dh, auth)
     SELECT id, $2, $3, $4 FROM tickets
      WHERE id = $1 AND channel = 'KIOSK' AND account_id IS NULL
        AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
     ON CONFLICT (ticket_id, endpoint) DO UPDATE
        SET p256dh = excluded.p256dh, auth = excluded.auth, created_at = now()`,
    [ticketId, endpoint, p256dh, auth],
  )
  if (added.rowCount === 0) return refuse('not-found')
  await pool.query(
    `DELETE FROM guest_devices WHERE id IN (
       SELECT id FROM guest_devices WHERE ticket_id = $1 ORDER BY created_at DESC, id OFFSET $2)`,
    [ticketId, MOST_DEVICES],
  )
  return succeed(null)
}

/** A browser hears of the ticket no more. */
export async function removeGuestDevice({
  ticketId,
  endpoint,
}: {
  ticketId: string
  endpoint: string
}): Promise<Result<null>> {
  await pool.query('DELETE FROM guest_devices WHERE ticket_id = $1 AND endpoint = $2', [
    ticketId,
    endpoint,
  ])
  return succeed(null)
}
