import { pool } from '@/lib/db/db'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { isPushEndpoint } from '@/lib/push/notice-origin'
import { readPushKey } from '@/lib/push/push'
import { DEVICE_ALONE } from './rules'
import type { DeviceForm } from './subscription.schema'

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
     SELECT t.id, $2, $3, $4 FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
      WHERE t.id = $1 AND t.channel = 'KIOSK' AND t.account_id IS NULL
        AND t.status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
        AND ticket_status_at(t.status, t.lapses_at, now()) <> 'LAPSED'
        AND t.service_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)
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

/**
 * A browser hears of the ticket no more. When it was the last, what waits for a phone alone is dropped:
 * whoever turns it off has the ticket before them.
 */
export async function removeGuestDevice({
  ticketId,
  endpoint,
}: {
  ticketId: string
  endpoint: string
}): Promise<Result<null>> {
  await pool.query(
    `WITH removed AS (
       DELETE FROM guest_devices WHERE ticket_id = $1 AND endpoint = $2 RETURNING ticket_id)
     UPDATE notices n SET state = 'DROPPED', dropped_because = 'turned_off'
       FROM removed
      WHERE n.subject_id = removed.ticket_id AND n.channel = 'PUSH' AND n.recipient = $3
        AND n.state = 'QUEUED' AND n.lease_token IS NULL
        AND NOT EXISTS (SELECT FROM guest_devices d WHERE d.ticket_id = $1 AND d.endpoint <> $2)`,
    [ticketId, endpoint, DEVICE_ALONE],
  )
  return succeed(null)
}
