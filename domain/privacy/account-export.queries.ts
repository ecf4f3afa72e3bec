import { pool } from '@/lib/db/database'
import { type AccountExport, accountExport } from './schema'

/** As of one instant. Null: the account is gone. */
export async function readAccountExport(accountId: string): Promise<AccountExport | null> {
  const { rows } = await pool.query<{ exported: unknown }>(
    'SELECT export_account(p_account => $1) AS exported',
    [accountId],
  )
  const [row] = rows
  return row?.exported ? accountExport.parse(row.exported) : null
}
