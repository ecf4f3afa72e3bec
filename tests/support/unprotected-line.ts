/**
 * Controls: a line without its row's lock. They prove that the race tests can fail, and work on a
 * table of their own without constraints.
 */
import pg from 'pg'
import { pool } from '@/lib/db/database'

/** A pause between reading and writing, as long as a round trip. */
const THINK = 'SELECT pg_sleep(0.005)'

export async function setUpUnprotectedLine(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DIRECT_DATABASE_URL })
  await client.connect()
  await client.query(`
    CREATE TABLE IF NOT EXISTS unprotected_tickets (number int, rank numeric, account_id uuid, status text DEFAULT 'WAITING');
    CREATE TABLE IF NOT EXISTS unprotected_guests (phone text);
    GRANT ALL ON unprotected_tickets, unprotected_guests TO PUBLIC;
    TRUNCATE unprotected_tickets, unprotected_guests`)
  await client.end()
}

/** The next number is the number of tickets, plus one. */
export async function takeByCount(accountId: string): Promise<void> {
  const { rows } = await pool.query<{ next: number }>(
    'SELECT count(*)::int + 1 AS next FROM unprotected_tickets',
  )
  await pool.query(THINK)
  await pool.query('INSERT INTO unprotected_tickets VALUES ($1::int, $1::int, $2::uuid)', [
    rows[0]?.next,
    accountId,
  ])
}

/** "One ticket per diner", read and then written: at once, so that all have read before one writes. */
export async function takeOnceUnprotected(accountId: string, atOnce: number): Promise<void> {
  const seen = await Promise.all(
    Array.from({ length: atOnce }, () =>
      pool.query('SELECT FROM unprotected_tickets WHERE account_id = $1', [accountId]),
    ),
  )
  const missed = seen.filter(({ rowCount }) => !rowCount)
  await Promise.all(missed.map(() => takeByCount(accountId)))
}

/** Reads the neighbours, pauses, and takes the middle. */
export async function postponeUnprotected({
  number,
  behindNumber,
}: {
  number: number
  behindNumber: number
}): Promise<void> {
  const { rows } = await pool.query<{ rank: string }>(
    `SELECT rank FROM unprotected_tickets
      WHERE rank >= (SELECT rank FROM unprotected_tickets WHERE number = $1) ORDER BY rank LIMIT 2`,
    [behindNumber],
  )
  await pool.query(THINK)
  await pool.query(
    'UPDATE unprotected_tickets SET rank = ($2::numeric + $3::numeric) * 0.5 WHERE number = $1',
    [number, rows[0]?.rank, rows[1]?.rank ?? Number(rows[0]?.rank) + 1],
  )
}

/** Reads the status, pauses, moves. Returns whether it moved. */
export async function moveUnprotected({
  number,
  to,
}: {
  number: number
  to: string
}): Promise<boolean> {
  const { rows } = await pool.query<{ status: string }>(
    'SELECT status FROM unprotected_tickets WHERE number = $1',
    [number],
  )
  await pool.query(THINK)
  if (rows[0]?.status !== 'WAITING') return false
  await pool.query('UPDATE unprotected_tickets SET status = $2 WHERE number = $1', [number, to])
  return true
}

/** Numbers, or ranks, that more than one ticket has. */
export async function countShared(column: 'number' | 'rank'): Promise<number> {
  const { rows } = await pool.query<{ shared: number }>(
    `SELECT (count(*) - count(DISTINCT ${column}))::int AS shared FROM unprotected_tickets`,
  )
  return rows[0]?.shared ?? 0
}

/** Guests looked for by their phone and then written: at once, so that all have read before one writes. */
export async function rememberUnprotected(phone: string, atOnce: number): Promise<void> {
  const seen = await Promise.all(
    Array.from({ length: atOnce }, () =>
      pool.query('SELECT FROM unprotected_guests WHERE phone = $1', [phone]),
    ),
  )
  const missed = seen.filter(({ rowCount }) => !rowCount)
  await Promise.all(
    missed.map(() => pool.query('INSERT INTO unprotected_guests VALUES ($1)', [phone])),
  )
}

export async function countUnprotectedGuests(): Promise<number | undefined> {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM unprotected_guests',
  )
  return rows[0]?.count
}
