import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { awaitSecondFactor } from '@/domain/identity/passkey-challenge.commands'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { cookieName, sessionCookieName } from '@/lib/http/session'
import { createPerson, openSessionOf, type Person } from '../http-scene'
import { register } from '../passkeys'

const keep = (page: Page, name: string, value: string) =>
  page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/' }])

/**
 * Signs the page's browser in to a new account with two passkeys and four devices, whose proof was
 * given yesterday. One account per picture: its codes and guesses are limited.
 */
export async function signInGuarded(page: Page): Promise<void> {
  await signInGuardedAs(page, await createPerson({ name: '한지킴' }))
}

/** The same, while somebody waits to sign in without the passkeys. */
export async function signInBesideRecovery(page: Page): Promise<void> {
  const person = await createPerson({ name: '한지킴' })
  await signInGuardedAs(page, person)
  await pool.query(
    'UPDATE accounts SET needs_passkey = true, passkey_lost_at = now() WHERE id = $1',
    [person.id],
  )
}

async function signInGuardedAs(page: Page, person: Person): Promise<void> {
  await register({ accountId: person.id })
  await register({ accountId: person.id })
  await openSessionOf(person, { device: { browser: 'SAMSUNG', system: 'ANDROID' } })
  await pool.query(
    `UPDATE passkeys SET last_used_at = now() WHERE id = (
    SELECT id FROM passkeys WHERE account_id = $1 ORDER BY id LIMIT 1)`,
    [person.id],
  )
  await pool.query(
    `UPDATE sessions SET proved_at = now() - interval '1 day', created_at = now() - interval '3 days',
                         last_seen_at = now() - interval '2 days'
      WHERE account_id = $1`,
    [person.id],
  )
  await keep(page, sessionCookieName(), person.token)
}

/**
 * Lets the page's browser show the second factor of a new account, whose passkeys were lost that
 * long ago. Null: they were not.
 */
export async function awaitPasskey(page: Page, lostFor: string | null): Promise<void> {
  const { id: accountId } = await createPerson({ name: '한지킴' })
  await register({ accountId })
  await pool.query(
    'UPDATE accounts SET needs_passkey = true, passkey_lost_at = now() - $2::interval WHERE id = $1',
    [accountId, lostFor],
  )
  const browserId = randomUUID()
  await awaitSecondFactor({ accountId, browserId })
  await keep(page, cookieName('passkey'), signLink({ kind: 'passkey', id: browserId }))
}
