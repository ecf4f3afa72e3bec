import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { readDatabaseUrls } from './environment'
import { type ForgetOutcome, forgetPasskeys } from './forget-passkeys'
import type { Database } from './rows'

export type AdminOutcome = 'made' | 'already' | 'unknown' | 'unconfirmed'

/**
 * Makes an existing account with a confirmed address an admin, in one statement with its audit
 * event: the first admin, whom no other admin can make. The event keeps the account's previous
 * role, so that ending it later restores that role.
 */
export async function makeAdmin(db: Database, email: string): Promise<AdminOutcome> {
  const { rows } = await db.query<{ role: string; isConfirmed: boolean; isMade: boolean }>(
    `WITH found AS (
       SELECT id, role, owner_approved_at, email_confirmed_at IS NOT NULL AS confirmed
         FROM accounts WHERE email = lower($1) FOR NO KEY UPDATE),
     made AS (
       UPDATE accounts a SET role = 'ADMIN', owner_approved_at = NULL
         FROM found WHERE a.id = found.id AND found.role <> 'ADMIN' AND found.confirmed
       RETURNING a.id),
     told AS (
       INSERT INTO audit_events (actor_role, subject, subject_id, act, from_status, to_status, details)
       SELECT 'SERVICE', 'ACCOUNT', made.id, 'MAKE_ADMIN', found.role::text, 'ADMIN',
              jsonb_build_object('ownerApprovedAt', iso_instant(found.owner_approved_at))
         FROM made JOIN found ON found.id = made.id)
     SELECT role::text, confirmed AS "isConfirmed", EXISTS (SELECT FROM made) AS "isMade" FROM found`,
    [email.trim()],
  )
  const [found] = rows
  if (!found) return 'unknown'
  if (found.isMade) return 'made'
  return found.role === 'ADMIN' ? 'already' : 'unconfirmed'
}

const words: Record<AdminOutcome | ForgetOutcome, string> = {
  made: 'is an admin now.',
  already: 'is an admin already.',
  unknown: 'has no account. Sign up in the browser first.',
  forgotten:
    'has no passkeys any more, and is signed out everywhere. A mailed link signs in again.',
  none: 'has no passkeys.',
  unconfirmed: 'has not confirmed the address. Follow the link in the mail first.',
}

async function main(): Promise<number> {
  const urls = readDatabaseUrls()
  const { email, ...wish } = parseArgs({
    options: { email: { type: 'string' }, 'forget-passkeys': { type: 'boolean' } },
  }).values
  if (!email || !urls) {
    process.stderr.write(
      'Set DATABASE_URL, and say whom: npm run admin -- --email you@example.com [--forget-passkeys]\n',
    )
    return 1
  }
  const pool = new pg.Pool({ connectionString: urls.directUrl, max: 1 })
  const act = wish['forget-passkeys'] ? forgetPasskeys : makeAdmin
  const outcome = await act(pool, email).finally(() => pool.end())
  process.stdout.write(`${email} ${words[outcome]}\n`)
  return outcome === 'unknown' || outcome === 'unconfirmed' ? 1 : 0
}

const isRunDirectly =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href
if (isRunDirectly) {
  main().then(
    (exitCode) => {
      process.exitCode = exitCode
    },
    (error: Error) => {
      process.stderr.write(`Nothing was changed: ${error.message}\n`)
      process.exitCode = 1
    },
  )
}
