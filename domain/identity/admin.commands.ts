import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { AdminActor } from './admin.schema'

/**
 * One transaction of an admin's. Locks the accounts of the admin and, where an act is about another
 * account, of that one, in id order: whoever is demoted at this moment either acts before it or not
 * at all, and acts on one account follow each other. Refuses `not-found` to everybody who is no
 * admin in the database.
 */
export async function actAsAdmin<T>({
  actor,
  accountId,
  everyAdmin = false,
  work,
}: {
  actor: AdminActor
  accountId?: string
  /** True: locks all admins, so that of two who go at once the second sees the first gone. */
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
