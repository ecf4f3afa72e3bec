import pg from 'pg'
import { forgetOverdue } from '@/domain/admin/retention.commands'
import { retention } from '@/domain/admin/retention.rules'
import type { TestDatabase } from './database'

/**
 * Moves every date and instant of every row into the past, as if that many days had gone by with
 * nobody there. Triggers and foreign keys are off meanwhile: rows are moved together.
 */
export async function letDaysPass(
  { superuserUrl }: Pick<TestDatabase, 'superuserUrl'>,
  days: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ sql: string }>(
      `SELECT format('UPDATE %I SET %s', c.table_name, string_agg(format('%1$I = %1$I - %2$s', c.column_name,
                CASE c.data_type WHEN 'date' THEN '$1::int' ELSE 'make_interval(days => $1::int)' END), ', ')) AS sql
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> '_prisma_migrations'
          AND c.data_type IN ('date', 'timestamp with time zone') AND c.is_generated = 'NEVER'
        GROUP BY c.table_name`,
    )
    await client.query('SET session_replication_role = replica')
    for (const { sql } of rows) await client.query(sql, [days])
  } finally {
    await client.end()
  }
}

/** Those tasks of the sweep that forget; nothing is sent. */
export async function sweepOverdue(): Promise<void> {
  for (const { what } of retention) await forgetOverdue(what)
}
