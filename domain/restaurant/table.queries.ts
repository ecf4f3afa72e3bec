import { pool } from '@/lib/db/db'
import type { Transaction } from '@/lib/db/transaction'
import type { Table } from './table.types'

const TABLES = `
  SELECT id, number, min_party AS "minParty", max_party AS "maxParty" FROM restaurant_tables
   WHERE restaurant_id = $1::uuid AND deleted_at IS NULL ORDER BY number`

/** The tables in use, by number. */
export async function listTables({ restaurantId }: { restaurantId: string }): Promise<Table[]> {
  const { rows } = await pool.query<Table>(TABLES, [restaurantId])
  return rows
}

/** The same on a transaction's own connection. */
export async function listTablesIn(tx: Transaction, restaurantId: string): Promise<Table[]> {
  return tx.$queryRawUnsafe<Table[]>(TABLES, restaurantId)
}
