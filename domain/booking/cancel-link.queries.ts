import { pool } from '@/lib/db/db'
import type { CancelLinkState, LinkedReservation } from './cancel-link.types'
import { findOwnReservation } from './queries'

/**
 * A reservation, for whoever holds a link to give it back. Null: there is none, or its diner has left
 * the service. Deadlines by the database's clock.
 */
export async function findLinkedReservation(
  reservationId: string,
): Promise<LinkedReservation | null> {
  const { rows } = await pool.query<{ dinerId: string; isBegun: boolean }>(
    `SELECT diner_id AS "dinerId", starts_at <= now() AS "isBegun"
       FROM reservations WHERE id = $1 AND diner_id IS NOT NULL`,
    [reservationId],
  )
  const [row] = rows
  const reservation = row && (await findOwnReservation({ dinerId: row.dinerId, reservationId }))
  if (!reservation) return null
  return { dinerId: row.dinerId, reservation, state: judge(reservation.status, row.isBegun) }
}

function judge(
  status: LinkedReservation['reservation']['status'],
  isBegun: boolean,
): CancelLinkState {
  if (status === 'CANCELLED') return 'CANCELLED'
  if (status !== 'HELD' && status !== 'CONFIRMED') return 'OVER'
  return isBegun ? 'OVER' : 'OPEN'
}
