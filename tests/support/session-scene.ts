import { expect } from 'vitest'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import type { Account } from '@/prisma/generated/client'
import type { TestDatabase } from './database'

/** What a session's token says, for commands that are asked without a token. */
export type Held = { accountId: string; epoch: number; sessionId: string | null }

/** Opens a session of an account, proved by a password a moment ago. */
export async function holdSession(
  accountId: string,
  device = { browser: 'SAFARI', system: 'IPHONE' },
): Promise<Held & { sessionId: string }> {
  const { rows } = await pool.query<{ sessionId: string; epoch: number }>(
    `INSERT INTO sessions (account_id, epoch, browser, system, expires_at, proof, proved_at)
     SELECT id, session_epoch, $2, $3, now() + interval '30 days', 'PASSWORD', now()
       FROM accounts WHERE id = $1 RETURNING id AS "sessionId", epoch`,
    [accountId, device.browser, device.system],
  )
  const [held] = rows
  if (!held) throw new Error('no account to open a session for')
  return { accountId, ...held }
}

/** An account with one session. */
export async function createHolder(change: Partial<Account> = {}) {
  const account = await createAccount(pool, change)
  return { account, held: await holdSession(account.id) }
}

/**
 * Sessions that are none, by what is wrong with them; the first is the control, and goes on.
 */
export async function forgeSessions(accountId: string): Promise<Record<string, Held>> {
  const own = await holdSession(accountId)
  const ended = await holdSession(accountId)
  await pool.query('DELETE FROM sessions WHERE id = $1', [ended.sessionId])
  const expired = await holdSession(accountId)
  await pool.query(
    `UPDATE sessions SET created_at = now() - interval '90 days', expires_at = now() - interval '1 ms'
      WHERE id = $1`,
    [expired.sessionId],
  )
  const { held: foreign } = await createHolder()
  return {
    control: own,
    before: { ...own, sessionId: null },
    ended,
    expired,
    'of another account': { ...own, sessionId: foreign.sessionId },
    'made up': { ...own, sessionId: crypto.randomUUID() },
    'of an older epoch': { ...own, epoch: own.epoch - 1 },
  }
}

/**
 * What work comes to that begins while another transaction has run a statement, and goes on once
 * that is committed: the work waits for it, or is over before.
 */
export async function duringTransaction<T>({
  database,
  sql,
  values,
  work,
}: {
  database: TestDatabase
  sql: string
  values: unknown[]
  work: () => Promise<T>
}): Promise<T> {
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(sql, values)
    const working = work()
    let isOver = false
    const over = () => {
      isOver = true
    }
    working.then(over, over)
    await expect
      .poll(async () => {
        const waiting = await database.query('SELECT 1 FROM pg_locks WHERE NOT granted')
        return isOver || waiting.length > 0
      })
      .toBe(true)
    await client.query('COMMIT')
    return await working
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}
