import { pool } from '@/lib/db/db'
import type { OwnerStanding } from './owner-application-state.types'

/** As the account is now. An account that is gone stands where a diner does. */
export async function readOwnerStanding(accountId: string): Promise<OwnerStanding> {
  const { rows } = await pool.query<{ role: string; isApproved: boolean; refusal: string | null }>(
    `SELECT role, owner_approved_at IS NOT NULL AS "isApproved", owner_refusal AS refusal
       FROM accounts WHERE id = $1`,
    [accountId],
  )
  const [account] = rows
  if (!account || account.role === 'DINER') return { state: 'DINER' }
  if (account.role === 'ADMIN') return { state: 'ADMIN' }
  if (account.isApproved) return { state: 'APPROVED' }
  return account.refusal === null
    ? { state: 'WAITING' }
    : { state: 'REFUSED', reason: account.refusal }
}
