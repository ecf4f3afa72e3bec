import { moveReservation } from '@/domain/booking/move.commands'
import { findLinkedReservation } from '@/domain/booking/queries'
import { readLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'

/** Control: using a link without its lock; reads, then writes. */
export async function redeemWithoutLock(token: string): Promise<boolean> {
  const id = readLink({ kind: 'account', token })
  const { rows } = await pool.query<{ usedAt: Date | null }>(
    `SELECT used_at AS "usedAt" FROM account_links WHERE id = $1`,
    [id],
  )
  if (rows[0]?.usedAt !== null) return false
  await pool.query('UPDATE account_links SET used_at = now() WHERE id = $1', [id])
  return true
}

/** Control: undoing a change of address step by step, without one lock over all. */
export async function undoWithoutLock({
  token,
  meanwhile,
}: {
  token: string
  meanwhile: () => Promise<unknown>
}): Promise<void> {
  const id = readLink({ kind: 'account', token })
  await pool.query(
    'UPDATE accounts a SET email = l.email FROM account_links l WHERE l.id = $1 AND a.id = l.account_id',
    [id],
  )
  await meanwhile()
  await pool.query(
    `UPDATE accounts a SET session_epoch = session_epoch + 1
       FROM account_links l WHERE l.id = $1 AND a.id = l.account_id`,
    [id],
  )
}

/** Control: a cancel link whose mailbox is judged first, and the reservation cancelled after. */
export async function cancelWithoutLock({
  token,
  meanwhile,
}: {
  token: string
  meanwhile: () => Promise<unknown>
}): Promise<boolean> {
  const found = await findLinkedReservation({ kind: 'cancel', token })
  await meanwhile()
  if (found?.state !== 'OPEN' || found.dinerId === null) return false
  const actor = { accountId: found.dinerId, address: null }
  const reservationId = found.reservation.id
  return (await moveReservation({ reservationId, act: 'CANCEL', actor, scope: 'diner' })).ok
}

/** Control: the first pick of a number by reading, then writing. Returns whether it counted. */
export async function pickWithoutLock({
  requestId,
  number,
}: {
  requestId: string
  number: number
}): Promise<boolean> {
  const { rows } = await pool.query<{ picked: number | null }>(
    'SELECT picked_number AS picked FROM link_requests WHERE id = $1',
    [requestId],
  )
  if (rows[0]?.picked !== null) return false
  await pool.query('UPDATE link_requests SET picked_number = $2::smallint WHERE id = $1', [
    requestId,
    number,
  ])
  return true
}
