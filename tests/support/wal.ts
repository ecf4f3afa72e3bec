import pg from 'pg'
import type { TestDatabase } from './database'

export interface Written {
  /** Without the images of whole pages that follow a checkpoint. */
  walBytes: number
  walRecords: number
  /** Rows by table. */
  rows: Record<string, number>
  /** Entries by index. */
  entries: Record<string, number>
}

/** What one transaction wrote, of all that was written to this database between two positions. */
const READ_RECORDS = `
  SELECT count(*)::int AS "walRecords", sum(record_length - fpi_length)::int AS "walBytes"
    FROM pg_get_wal_records_info($1, $2) WHERE xid::text = $3`

/**
 * The log's record for an entry is of the index itself; one for a row is of the table. A split of a
 * page inserts an entry too, and one in the page above, which is not counted.
 */
const READ_BLOCKS = `
  SELECT c.relname AS name, c.relkind = 'i' AS "isIndex", count(DISTINCT b.start_lsn)::int AS count
    FROM pg_get_wal_block_info($1, $2) b
    JOIN pg_get_wal_records_info($1, $2) r ON r.start_lsn = b.start_lsn AND r.xid::text = $3
    JOIN pg_class c ON pg_relation_filenode(c.oid) = b.relfilenode
   WHERE b.block_id = 0
     AND b.reldatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND (b.resource_manager = 'Btree' AND (b.record_type LIKE 'INSERT\\_LEAF' OR b.record_type LIKE 'INSERT\\_POST' OR b.record_type LIKE 'SPLIT%')
          OR b.resource_manager IN ('Heap', 'Heap2') AND b.record_type IN ('INSERT', 'INSERT+INIT', 'MULTI_INSERT'))
   GROUP BY c.relname, c.relkind`

/** What the statement writes, as one transaction of a superuser, who alone may read the log. */
export async function countWritten({
  database,
  sql,
  values,
}: {
  database: Pick<TestDatabase, 'superuserUrl'>
  sql: string
  values: unknown[]
}): Promise<{ answer: unknown; written: Written }> {
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  const readPosition = async () => {
    const { rows } = await client.query<{ lsn: string }>('SELECT pg_current_wal_flush_lsn() AS lsn')
    return rows[0]?.lsn ?? ''
  }
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_walinspect')
    // What is read has to be in the file.
    await client.query('SET synchronous_commit = on')
    const from = await readPosition()
    await client.query('BEGIN')
    const { rows: answers } = await client.query<{ answer: unknown }>(sql, values)
    const { rows } = await client.query<{ xid: string }>(
      'SELECT (pg_current_xact_id()::text::numeric % 4294967296)::text AS xid',
    )
    await client.query('COMMIT')
    const between = [from, await readPosition(), rows[0]?.xid]
    const records = await client.query<Pick<Written, 'walBytes' | 'walRecords'>>(
      READ_RECORDS,
      between,
    )
    const blocks = await client.query<{ name: string; isIndex: boolean; count: number }>(
      READ_BLOCKS,
      between,
    )
    const listed = (isIndex: boolean) =>
      Object.fromEntries(
        blocks.rows
          .filter((block) => block.isIndex === isIndex)
          .map(({ name, count }) => [name, count]),
      )
    const { walBytes, walRecords } = records.rows[0] ?? { walBytes: 0, walRecords: 0 }
    const written = { walBytes, walRecords, rows: listed(false), entries: listed(true) }
    return { answer: answers[0]?.answer, written }
  } finally {
    await client.end()
  }
}
