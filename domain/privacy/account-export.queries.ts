import { pool } from '@/lib/db/database'
import { type AccountExport, accountExport } from './schema'

/** Short enough for the limit of a statement, whatever the years of an account. */
const ACTS_A_BATCH = 2_000
const BEFORE_ALL = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' }

async function readActs({
  accountId,
  until,
}: {
  accountId: string
  until: string
}): Promise<unknown[]> {
  const acts: unknown[] = []
  let after = BEFORE_ALL
  for (;;) {
    const { rows } = await pool.query<{ id: string; at: string; item: unknown }>(
      `SELECT id, at_text AS at, item
         FROM list_account_acts(p_account => $1, p_until => $2, p_after_at => $3, p_after_id => $4, p_limit => $5)`,
      [accountId, until, after.at, after.id, ACTS_A_BATCH],
    )
    for (const { item } of rows) acts.push(item)
    const last = rows.at(-1)
    if (!last || rows.length < ACTS_A_BATCH) return acts
    after = last
  }
}

/** As of one instant. Null: the account is gone. */
export async function readAccountExport(accountId: string): Promise<AccountExport | null> {
  const { rows } = await pool.query<{ exported: unknown; until: string | null }>(
    `SELECT exported, exported ->> 'asOf' AS until
       FROM export_account(p_account => $1) AS exported`,
    [accountId],
  )
  const [row] = rows
  if (!row?.until || typeof row.exported !== 'object') return null
  const acts = await readActs({ accountId, until: row.until })
  return accountExport.parse({ ...row.exported, acts })
}
