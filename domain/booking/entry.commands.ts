import type { SessionRef } from '@/domain/identity/types'
import { answerEntry, type Entered, type EntryRefusal } from '@/domain/opening/commands'
import type { OpeningEntry } from '@/domain/opening/schema'
import { makeMailboxKey, nameByEachKey, nameEntry } from '@/lib/crypto/receipt'
import { isDatabaseCrowded, pool } from '@/lib/db/database'
import { type Result, refuse } from '@/lib/problems/result'

type Answer =
  | Entered
  | { reason: 'already-booked'; reservationId: string }
  | { reason: 'no-shows'; bookableFrom: string }

/**
 * Enters a diner into an opening like `enterOpening`, in one round trip too, and tells at once who
 * can't take part: a diner who has a reservation of that date learns it here, not when their turn
 * has come, and so does one whose no-shows keep them from booking. Locks: see the SQL function
 * `enter_opening`. Refuses what `enterOpening` refuses, `already-booked` with `reservationId`, and
 * `no-shows` with the date from which they can book again.
 */
export async function enterUnbooked({
  openingId,
  accountId,
  epoch,
  sessionId,
}: SessionRef & { openingId: string }): Promise<
  Result<OpeningEntry, EntryRefusal | 'already-booked' | 'no-shows'>
> {
  if (isDatabaseCrowded()) return refuse('busy')
  const of = { openingId, accountId }
  const { rows } = await pool.query<{ answer: Answer }>(
    `SELECT enter_opening_unbooked(p_opening => $1, p_account => $2, p_session_epoch => $3, p_entry => $4,
                                   p_mailbox_key => $5, p_session => $6, p_named => $7) AS answer`,
    [
      ...[openingId, accountId, epoch, nameEntry(of), makeMailboxKey(of), sessionId],
      nameByEachKey(of),
    ],
  )
  const answer = rows[0]?.answer
  if (!answer) throw new Error('enter_opening_unbooked returned no row')
  if (answer.reason === 'already-booked')
    return refuse(answer.reason, { reservationId: answer.reservationId })
  if (answer.reason === 'no-shows')
    return refuse(answer.reason, { bookableFrom: answer.bookableFrom })
  return answerEntry({ openingId, accountId, answer })
}
