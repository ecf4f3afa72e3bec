import pg from 'pg'
import { pool } from './database'

/** Ten times what a person who waits would be given. */
const WITHIN_MS = 20_000
const LOCK_WITHIN_MS = 5_000

/**
 * Calls a function of the database with more time than the role gives to what a person waits for. One
 * message, which is one transaction: a process that is stopped in the middle leaves no lock behind.
 * `name` is our own word; the arguments may be anybody's.
 */
export async function callPatiently(name: string, args: (string | null)[]): Promise<void> {
  const given = args.map((arg) => (arg === null ? 'NULL' : pg.escapeLiteral(arg)))
  // `pg` reads the time limit from each query; its types know it for connections only.
  const query: pg.QueryConfig & { query_timeout: number } = {
    text: `SELECT set_config('statement_timeout', '${WITHIN_MS}', true), set_config('lock_timeout', '${LOCK_WITHIN_MS}', true);
           SELECT ${name}(${given.join(', ')})`,
    query_timeout: WITHIN_MS + LOCK_WITHIN_MS,
  }
  await pool.query(query)
}
