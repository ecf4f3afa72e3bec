import { hashDeviceToken, makeDeviceToken } from '@/lib/crypto/device-token'
import { pool } from '@/lib/db/database'
import { readToday } from '@/prisma/factories'

export type TicketState = 'WAITING' | 'LAPSED' | 'CANCELLED'

/**
 * An open line with the diner's ticket and another party's behind it; its one act is the diner's.
 */
export async function setUpTickets({
  restaurantId,
  dinerId,
  ticketState = 'WAITING',
}: {
  restaurantId: string
  dinerId: string
  ticketState?: TicketState | undefined
}): Promise<
  Record<'ticketId' | 'guestTicketId' | 'ticketActId' | 'kioskId' | 'kioskToken', string>
> {
  const today = await readToday(pool, restaurantId)
  await pool.query(`INSERT INTO line_settings VALUES ($1, 'OPEN')`, [restaurantId])
  await pool.query('INSERT INTO lines VALUES ($1, $2, 2)', [restaurantId, today])
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel, account_id,
                          asker_id, taken_key, taken_hash, status, ended_at, lapses_at, cancelled_by)
     SELECT $1, $2, n, n, 2, 'TAKEOUT', channel, account, gen_random_uuid(), 'k', 'h', status,
            CASE WHEN status <> 'WAITING' THEN now() END, CASE status WHEN 'LAPSED' THEN now() END,
            CASE status WHEN 'CANCELLED' THEN 'DINER' END
       FROM (VALUES (1, 'ONLINE', $3::uuid, $4::ticket_status), (2, 'KIOSK', NULL, 'WAITING')) AS t (n, channel, account, status)
     RETURNING id`,
    [restaurantId, today, dinerId, ticketState],
  )
  const [ticketId, guestTicketId] = [String(rows[0]?.id), String(rows[1]?.id)]
  const act = await pool.query<{ id: string }>(
    `INSERT INTO audit_events (at, actor_id, actor_role, restaurant_id, subject, subject_id, act, from_status, to_status)
     VALUES (now() - interval '1 ms', $1, 'DINER', $2, 'TICKET', $3, 'CANCEL', 'WAITING', $4) RETURNING id`,
    [dinerId, restaurantId, ticketId, ticketState],
  )
  const kioskToken = makeDeviceToken()
  const kiosk = await pool.query<{ id: string }>(
    `INSERT INTO kiosks (restaurant_id, name, token_hash) VALUES ($1, '입구', $2) RETURNING id`,
    [restaurantId, hashDeviceToken(kioskToken)],
  )
  const kioskId = String(kiosk.rows[0]?.id)
  return { ticketId, guestTicketId, ticketActId: String(act.rows[0]?.id), kioskId, kioskToken }
}
