import { beforeEach, expect, test } from 'vitest'
import { unmakeAdmin } from '@/domain/identity/people.commands'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { makeAdmin } from '@/prisma/make-admin'
import { useDatabase } from '../support/database'
import { holdSession } from '../support/session-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

test('an operator makes a confirmed account an admin, once, and the audit log says the service did', async () => {
  const { id, email } = await createAccount(pool, { role: 'OWNER', email: 'first@bobjool.test' })
  expect(await makeAdmin(pool, ` ${email.toUpperCase()} `)).toBe('made')
  expect(await makeAdmin(pool, email)).toBe('already')
  expect(
    await database.query('SELECT actor_role AS by, act, from_status AS was FROM audit_events'),
  ).toEqual([{ by: 'SERVICE', act: 'MAKE_ADMIN', was: 'OWNER' }])
  const other = await createAccount(pool, { role: 'ADMIN' })
  const actor = { accountId: other.id, address: null }
  const { sessionId } = await holdSession(other.id)
  expect(await unmakeAdmin({ accountId: id, sessionId, actor })).toMatchObject({ ok: true })
  expect(
    await database.query(
      'SELECT role, owner_approved_at IS NOT NULL AS approved FROM accounts WHERE id = $1',
      [id],
    ),
  ).toEqual([{ role: 'OWNER', approved: true }])
})

test('no other account becomes one', async () => {
  const { email } = await createAccount(pool, { emailConfirmedAt: null })
  expect(await makeAdmin(pool, email)).toBe('unconfirmed')
  expect(await makeAdmin(pool, 'nobody@bobjool.test')).toBe('unknown')
  expect(await database.query('SELECT FROM audit_events')).toEqual([])
})
