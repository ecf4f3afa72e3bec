import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { AdminActor } from './admin.schema'

/**
 * Runs one transaction as an admin. Locks the admin's account and, if the act concerns another
 * account, that one, in id order: an admin who is being demoted acts either before the demotion or
 * not at all, and acts on one account run one after another. Refuses `not-found` to a caller who is
 * not an admin in the database.
 */
export async function actAsAdmin<T>({
  actor,
  accountId,
  everyAdmin = false,
  work,
}: {
  actor: AdminActor
  accountId?: string
  /**
   * True: locks all admins, so that when two admins leave at once, the second sees the first gone.
   */
  everyAdmin?: boolean
  work: (tx: Transaction, stop: Stop) => Promise<T>
}): Promise<Result<T>> {
  const ids = [actor.accountId, accountId ?? actor.accountId]
  return runTransaction(async (tx, stop) => {
    const locked = await tx.$queryRaw<{ id: string; role: string }[]>`
      SELECT id, role::text FROM accounts
       WHERE id = ANY(${ids}::uuid[]) OR (${everyAdmin} AND role = 'ADMIN')
       ORDER BY id FOR NO KEY UPDATE`
    const isAdmin = locked.some(({ id, role }) => id === actor.accountId && role === 'ADMIN')
    return isAdmin ? work(tx, stop) : stop(refuse('not-found'))
  })
}
