import { randomUUID } from 'node:crypto'
import { sealSecrets } from '@/lib/crypto/sealed-secret'
import { pool } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { isPushEndpoint } from '@/lib/push/notice-origin'
import { readPushKey } from '@/lib/push/push'
import { DEVICE_ALONE } from './rules'
import type { ChannelChoice, DeviceForm } from './subscription.schema'
import type { Device } from './types'

/** More devices than a person carries; the oldest are replaced. */
const MOST_DEVICES = 10

/**
 * A browser's address and keys as a row of their table stores them. A browser that comes again gets
 * a new id with them, because they are sealed for it.
 */
function sealDevice(table: Device['table'], secrets: DeviceForm): DeviceForm & { id: string } {
  const id = randomUUID()
  return { id, ...sealSecrets({ table, rowId: id, secrets }) }
}

/** Sets the first channel, and moves queued notices to it. Locks the account's row. */
async function setFirst(
  tx: Transaction,
  { accountId, first }: { accountId: string; first: ChannelChoice },
): Promise<boolean> {
  const order = first === 'PUSH' ? ['PUSH', 'MAIL'] : ['MAIL']
  const found = await tx.$executeRaw`
    UPDATE accounts SET notice_channels = ${order}::text[] WHERE id = ${accountId}::uuid`
  await tx.$executeRaw`SELECT route_waiting_notices(${accountId}::uuid)`
  return found === 1
}

/**
 * Registers a person's browser for push, which then comes first for them. A browser registered to
 * another account moves to this one, because its screen has one reader. Refuses `push-off` where
 * the operator has set no keys, `push-endpoint` for an address that is not a push service's,
 * `signed-out` when the account is gone or the session has ended. The pushes end with the session.
 * Locks the account's row, then the device's.
 */
export function addDevice({
  accountId,
  sessionId,
  device,
}: {
  accountId: string
  /** Null: a token from before sessions had rows. */
  sessionId: string | null
  device: DeviceForm
}): Promise<Result<{ first: ChannelChoice }>> {
  const { id, endpoint, p256dh, auth } = sealDevice('push_subscriptions', device)
  const add = async (tx: Transaction, stop: Stop) => {
    if (!readPushKey()) return stop(refuse('push-off'))
    if (!isPushEndpoint(device.endpoint)) return stop(refuse('push-endpoint'))
    const own = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM accounts WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`
    if (own.length === 0) return stop(refuse('signed-out'))
    await tx.$executeRaw`
      INSERT INTO push_subscriptions (id, account_id, session_id, endpoint, endpoint_hash, p256dh, auth)
      VALUES (${id}::uuid, ${accountId}::uuid, ${sessionId}::uuid, ${endpoint}, sha256(convert_to(${device.endpoint}, 'UTF8')), ${p256dh}, ${auth})
      ON CONFLICT (endpoint_hash) DO UPDATE
         SET id = excluded.id, account_id = excluded.account_id, session_id = excluded.session_id,
             endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth, created_at = now()`
    await tx.$executeRaw`
      DELETE FROM push_subscriptions WHERE id IN (
        SELECT id FROM push_subscriptions WHERE account_id = ${accountId}::uuid
         ORDER BY created_at DESC, id OFFSET ${MOST_DEVICES}::int)`
    await setFirst(tx, { accountId, first: 'PUSH' })
    return { first: 'PUSH' as const }
  }
  return runTransaction(add, { constraints: { push_subscriptions_session_fkey: 'signed-out' } })
}

/**
 * Removes a browser from push; when it was the last, mail comes first again. Another account's
 * browser is left alone. Locks the device's row, then the account's.
 */
export function removeDevice({
  accountId,
  endpoint,
}: {
  accountId: string
  endpoint: string
}): Promise<Result<{ first: ChannelChoice }>> {
  return runTransaction(async (tx) => {
    await tx.$executeRaw`
      DELETE FROM push_subscriptions
       WHERE account_id = ${accountId}::uuid AND endpoint_hash = sha256(convert_to(${endpoint}, 'UTF8'))`
    const left = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM push_subscriptions WHERE account_id = ${accountId}::uuid LIMIT 1`
    const first = left.length > 0 ? ('PUSH' as const) : ('MAIL' as const)
    await setFirst(tx, { accountId, first })
    return { first }
  })
}

/** Chooses a person's first channel. Refuses `signed-out` when the account is gone. */
export async function chooseFirstChannel({
  accountId,
  first,
}: {
  accountId: string
  first: ChannelChoice
}): Promise<Result<{ first: ChannelChoice }>> {
  const chosen = await runTransaction(async (tx) => setFirst(tx, { accountId, first }))
  if (!chosen.ok) return chosen
  return chosen.value ? succeed({ first }) : refuse('signed-out')
}

/** One party's phones; the oldest are replaced. */
const MOST_GUEST_DEVICES = 3

/**
 * Registers a browser for push about one ticket that belongs to no account and is still in line;
 * notices already queued keep their channel. Refuses `push-off` where the operator has set no keys,
 * `push-endpoint` for an address that is not a push service's, and `not-found`.
 */
export async function addGuestDevice({
  ticketId,
  device,
}: {
  ticketId: string
  device: DeviceForm
}): Promise<Result<null>> {
  if (!readPushKey()) return refuse('push-off')
  if (!isPushEndpoint(device.endpoint)) return refuse('push-endpoint')
  const { id, endpoint, p256dh, auth } = sealDevice('guest_devices', device)
  const added = await pool.query(
    `INSERT INTO guest_devices (id, ticket_id, endpoint, endpoint_hash, p256dh, auth)
     SELECT $5, t.id, $2, sha256(convert_to($6, 'UTF8')), $3, $4 FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
      WHERE t.id = $1 AND t.channel = 'KIOSK' AND t.account_id IS NULL
        AND is_ticket_active_at(t.status, t.lapses_at, now())
        AND t.service_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)
     ON CONFLICT (ticket_id, endpoint_hash) DO UPDATE
        SET id = excluded.id, endpoint = excluded.endpoint, p256dh = excluded.p256dh,
            auth = excluded.auth, created_at = now()`,
    [ticketId, endpoint, p256dh, auth, id, device.endpoint],
  )
  if (added.rowCount === 0) return refuse('not-found')
  await pool.query(
    `DELETE FROM guest_devices WHERE id IN (
       SELECT id FROM guest_devices WHERE ticket_id = $1 ORDER BY created_at DESC, id OFFSET $2)`,
    [ticketId, MOST_GUEST_DEVICES],
  )
  return succeed(null)
}

/**
 * Removes a browser from a ticket. After the last one, notices queued for phones only are dropped:
 * the guest who turned push off has the ticket on screen.
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
       DELETE FROM guest_devices WHERE ticket_id = $1 AND endpoint_hash = sha256(convert_to($2, 'UTF8'))
       RETURNING id, ticket_id)
     UPDATE notices n SET state = 'DROPPED', dropped_because = 'turned_off'
       FROM removed
      WHERE n.subject_id = removed.ticket_id AND n.channel = 'PUSH' AND n.recipient = $3
        AND n.state = 'QUEUED' AND n.lease_token IS NULL
        AND NOT EXISTS (SELECT FROM guest_devices d WHERE d.ticket_id = $1 AND d.id <> removed.id)`,
    [ticketId, endpoint, DEVICE_ALONE],
  )
  return succeed(null)
}
