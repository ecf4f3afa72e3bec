import { pool } from '@/lib/db/database'
import { TERMS_VERSION } from '@/lib/legal'
import type { TermsQuestion } from './agreement.schema'

/** Null: the account has agreed to the present terms. */
export async function findTermsQuestion(accountId: string): Promise<TermsQuestion | null> {
  const { rows } = await pool.query<{ isAgreed: boolean; isChange: boolean }>(
    `SELECT coalesce(bool_or(version = $2), false) AS "isAgreed", count(*) > 0 AS "isChange"
       FROM agreements WHERE account_id = $1 AND kind = 'TERMS'`,
    [accountId, TERMS_VERSION],
  )
  const [found] = rows
  return found && !found.isAgreed ? { isChange: found.isChange } : null
}
