import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { signIn } from '@/domain/identity/commands'
import { needPasskey } from '@/domain/identity/passkey.commands'
import { findSecondFactor } from '@/domain/identity/passkey.queries'
import { awaitSecondFactor } from '@/domain/identity/passkey-challenge.commands'
import { beginPasskeyProof, proveByPasskey } from '@/domain/identity/passkey-entry.commands'
import { forgetPasskeys as forgetAsAdmin } from '@/domain/identity/people.commands'
import { claimsOf } from '@/domain/identity/rules'
import { openSession } from '@/domain/identity/session.commands'
import { findLiveSession } from '@/domain/identity/session.queries'
import type { Proof } from '@/domain/identity/types'
import { pool } from '@/lib/db/database'
import { createAccount, DEMO_PASSWORD } from '@/prisma/factories'
import { forgetPasskeys } from '@/prisma/forget-passkeys'
import { useDatabase } from '../support/database'
import { createHolder, listActs, listMailed, nameAnswer, register } from '../support/passkeys'
import { holdSession } from '../support/session-scene'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
})

const address: string | null = null
const browser = { browser: 'CHROME', system: 'MAC' } as const

/** An account that asks for its passkey after every other way in. */
async function createGuarded() {
  const holder = await createHolder()
  const accountId = holder.account.id
  const { sessionId } = holder
  await needPasskey({ accountId, sessionId, address, isNeeded: true })
  const open = (proof: Proof | null) =>
    openSession({ claims: claimsOf(holder.account), proof, ...browser })
  return { ...holder, accountId, open }
}

const countSessions = async () =>
  (await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM sessions')).rows[0]
    ?.count

describe('an account that asks for its passkey', () => {
  test('opens no session by a password, a mail or a login, but by a passkey', async () => {
    const { open } = await createGuarded()
    const before = await countSessions()
    for (const proof of ['PASSWORD', 'MAIL', null] as const)
      expect(nameAnswer(await open(proof)), `by ${proof}`).toBe('passkey-needed')
    expect(await countSessions()).toBe(before)
    expect(nameAnswer(await open('PASSKEY'))).toBe('ok')
  })

  test('control: without that wish each of them opens one', async () => {
    const { account } = await createHolder()
    for (const proof of ['PASSWORD', 'MAIL', null, 'PASSKEY'] as const)
      expect(nameAnswer(await openSession({ claims: claimsOf(account), proof, ...browser }))).toBe(
        'ok',
      )
  })

  test('an account whose sessions were ended meanwhile is signed out, not asked', async () => {
    const { accountId, open } = await createGuarded()
    await pool.query('UPDATE accounts SET session_epoch = 1 WHERE id = $1', [accountId])
    expect(nameAnswer(await open('PASSWORD'))).toBe('signed-out')
  })

  test('after the right password one browser may show it; a client of the API hears why', async () => {
    const { accountId, account, browserId } = await createGuarded()
    const credentials = { email: account.email, password: DEMO_PASSWORD }
    const sign = (change: object) => signIn({ credentials, address, browser, ...change })
    expect(nameAnswer(await sign({}))).toBe('passkey-needed')
    expect(await findSecondFactor(browserId)).toBeNull()
    const wrong = { credentials: { ...credentials, password: 'not this one' } }
    expect(nameAnswer(await sign({ ...wrong, passkeyBrowserId: browserId }))).toBe(
      'wrong-credentials',
    )
    expect(await findSecondFactor(browserId), 'after a wrong one').toBeNull()
    expect(nameAnswer(await sign({ passkeyBrowserId: browserId }))).toBe('passkey-needed')
    expect(await findSecondFactor(browserId)).toMatchObject({ accountId })
  })

  test('ending its sessions ends what waits for its passkey', async () => {
    const { accountId, browserId } = await createGuarded()
    await awaitSecondFactor({ accountId, browserId })
    await pool.query('UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = $1', [
      accountId,
    ])
    expect(await findSecondFactor(browserId)).toBeNull()
  })
})

describe('the mark of a passkey on a session', () => {
  const isMarked = async (session: {
    accountId: string
    epoch: number
    sessionId: string | null
  }) => (await findLiveSession(session))?.isByPasskey

  test('is there from signing in by one, or from showing one later, and stays', async () => {
    const { account, authenticator, browserId } = await createHolder()
    const open = async (proof: Proof) => {
      const opened = await openSession({ claims: claimsOf(account), proof, ...browser })
      if (!opened.ok) throw new Error(opened.reason)
      return opened.value
    }
    expect(await isMarked(await open('PASSKEY'))).toBe(true)
    const session = await open('PASSWORD')
    expect(await isMarked(session)).toBe(false)
    const asked = await beginPasskeyProof({ accountId: account.id, browserId, address })
    if (!asked.ok) throw new Error(asked.reason)
    const answer = authenticator.use(asked.value)
    const { accountId, sessionId } = session
    await proveByPasskey({ accountId, sessionId, browserId, answer, address })
    expect(await isMarked(session)).toBe(true)
    expect(await isMarked(await open('PASSWORD')), 'another session').toBe(false)
  })

  test('is not given to a session of another account', async () => {
    const mine = await createHolder()
    const other = await openSession({
      claims: claimsOf(await createAccount(pool)),
      proof: 'PASSWORD',
      ...browser,
    })
    if (!other.ok) throw new Error(other.reason)
    const accountId = mine.account.id
    const { browserId } = mine
    const asked = await beginPasskeyProof({ accountId, browserId, address })
    if (!asked.ok) throw new Error(asked.reason)
    const answer = mine.authenticator.use(asked.value)
    const { sessionId } = other.value
    const proven = await proveByPasskey({ accountId, sessionId, browserId, answer, address })
    expect(nameAnswer(proven)).toBe('signed-out')
    expect(await isMarked(other.value)).toBe(false)
  })
})

describe('an admin', () => {
  const asAdmin = async (accountId: string) => {
    const admin = await createAccount(pool, { role: 'ADMIN' })
    const { sessionId } = await holdSession(admin.id)
    return { accountId, sessionId, actor: { accountId: admin.id, address } }
  }
  const age = (accountId: string) =>
    pool.query(
      `UPDATE sessions SET proved_at = now() - interval '11 minutes' WHERE account_id = $1`,
      [accountId],
    )

  test('has lost passkeys forgotten, with a fresh proof: sessions end, a mail tells, it is recorded', async () => {
    const { accountId, account, open } = await createGuarded()
    await register({ accountId })
    await open('PASSKEY')
    const asked = await asAdmin(accountId)
    await age(asked.actor.accountId)
    expect(await forgetAsAdmin(asked)).toMatchObject({ reason: 'proof-needed' })
    expect(await forgetAsAdmin({ ...asked, sessionId: null })).toMatchObject({
      reason: 'proof-needed',
    })
    const credentials = { email: account.email, password: DEMO_PASSWORD }
    const signInAgain = async () => nameAnswer(await signIn({ credentials, address, browser }))
    expect(await signInAgain(), 'control').toBe('passkey-needed')
    expect(await listMailed(account.email)).not.toContain('PASSKEY_REMOVED')
    const fresh = await asAdmin(accountId)
    expect(await forgetAsAdmin(fresh)).toMatchObject({ ok: true, value: { name: account.name } })
    const { rows } = await pool.query('SELECT 1 FROM sessions WHERE account_id = $1', [accountId])
    expect(rows).toEqual([])
    expect(await listMailed(account.email)).toContain('PASSKEY_REMOVED')
    const { rows: acts } = await pool.query(
      `SELECT actor_id AS by, actor_role AS role FROM audit_events
        WHERE subject_id = $1 AND act = 'FORGET_PASSKEYS'`,
      [accountId],
    )
    expect(acts).toEqual([{ by: fresh.actor.accountId, role: 'ADMIN' }])
    expect(await signInAgain()).toBe('ok')
    expect(await forgetAsAdmin(fresh)).toMatchObject({ reason: 'already-decided' })
  })

  test('who is none removes nobody’s passkeys', async () => {
    const { accountId } = await createGuarded()
    await register({ accountId })
    for (const role of ['DINER', 'OWNER'] as const) {
      const stranger = await createAccount(pool, { role })
      const { sessionId } = await holdSession(stranger.id)
      const asked = { accountId, sessionId, actor: { accountId: stranger.id, address } }
      expect(await forgetAsAdmin(asked)).toMatchObject({ reason: 'not-found' })
    }
    expect(await forgetAsAdmin(await asAdmin(accountId)), 'control').toMatchObject({ ok: true })
  })
})

describe('an operator', () => {
  test('has lost passkeys forgotten: sessions end, a mail tells, a password opens again', async () => {
    const { accountId, account, open } = await createGuarded()
    await register({ accountId })
    await open('PASSKEY')
    expect(await forgetPasskeys(pool, ` ${account.email.toUpperCase()} `)).toBe('forgotten')
    expect(await countSessions()).toBe(0)
    expect(await listMailed(account.email)).toContain('PASSKEY_REMOVED')
    expect(await listActs(accountId)).toContain('FORGET_PASSKEYS')
    const credentials = { email: account.email, password: DEMO_PASSWORD }
    expect(nameAnswer(await signIn({ credentials, address, browser }))).toBe('ok')
    expect(await forgetPasskeys(pool, account.email)).toBe('none')
    expect(await forgetPasskeys(pool, `${randomUUID()}@bobjool.test`)).toBe('unknown')
  })
})
