import { findEntry } from '@/domain/opening/queries'
import type { OpeningEntry } from '@/domain/opening/schema'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'

/**
 * A diner's own entry, and what they have booked of that date on whichever device. Refuses
 * `not-found` (they have not entered) and, with `reservationId`, `already-booked` (they have not
 * entered, and can't).
 */
export async function readOwnPlace(asked: {
  openingId: string
  accountId: string
}): Promise<
  Result<OpeningEntry & { reservationId: string | null }, 'not-found' | 'already-booked'>
> {
  const [entry, reservationId] = await Promise.all([findEntry(asked), findBooking(asked)])
  if (entry) return succeed({ ...entry, reservationId })
  return reservationId === null ? refuse('not-found') : refuse('already-booked', { reservationId })
}

async function findBooking(asked: {
  openingId: string
  accountId: string
}): Promise<string | null> {
  const { rows } = await pool.query<{ id: string | null }>(
    'SELECT find_booking_at_opening(p_opening => $1, p_account => $2) AS id',
    [asked.openingId, asked.accountId],
  )
  return rows[0]?.id ?? null
}
