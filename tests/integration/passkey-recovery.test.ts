import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { signIn } from '@/domain/identity/commands'
import { needPasskey } from '@/domain/identity/passkey.commands'
import { findRecovery } from '@/domain/identity/passkey.queries'
import { awaitSecondFactor } from '@/domain/identity/passkey-challenge.commands'
import { signInByPasskey } from '@/domain/identity/passkey-entry.commands'
import {
  askToRecover,
  keepOwnPasskeys,
  keepPasskeys,
  recover,
} from '@/domain/identity/passkey-recovery.commands'
import { claimsOf } from '@/domain/identity/rules'
import { openSession } from '@/domain/identity/session.commands'
import { findLiveSession } from '@/domain/identity/session.queries'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { DEMO_PASSWORD } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import {
  askToSignIn,
  createHolder,
  listActs,
  listMailed,
  nameAnswer,
  register,
} from '../support/passkeys'
import { duringTransaction, holdSession } from '../support/session-scene'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
})

const address: string | null = null
const browser = { browser: 'CHROME', system: 'MAC' } as const

/** An account that asks for its passkey, and a browser in which its password was right. */
async function setUp() {
  const { account, authenticator, sessionId } = await createHolder()
  const accountId = account.id
  await needPasskey({ accountId, sessionId, address, isNeeded: true })
  const browserId = randomUUID()
  const showFirst = () => awaitSecondFactor({ accountId, browserId })
  await showFirst()
  return {
    account,
    accountId,
    authenticator,
    browserId,
    sessionId,
    showFirst,
    by: { browserId, address },
  }
}

const age = (interval: string) =>
  pool.query('UPDATE accounts SET passkey_lost_at = passkey_lost_at - $1::interval', [interval])

const signInBy = async (email: string) =>
  nameAnswer(await signIn({ credentials: { email, password: DEMO_PASSWORD }, address, browser }))

async function newestKeepLink(): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM account_links WHERE purpose = 'KEEP_PASSKEY' ORDER BY created_at DESC LIMIT 1`,
  )
  return signLink({ kind: 'account', id: rows[0]?.id ?? '' })
}

describe('a person who has lost every passkey', () => {
  test('does without after 24 hours: passkeys and sessions go, and each step is mailed', async () => {
    const { account, accountId, by, showFirst } = await setUp()
    expect(await askToRecover(by)).toMatchObject({ ok: true })
    expect(await listMailed(account.email)).toContain('PASSKEY_LOST')
    expect(nameAnswer(await recover(by)), 'control: at once').toBe('recovery-waits')
    expect(await signInBy(account.email), 'control').toBe('passkey-needed')
    await age('23 hours 59 minutes')
    expect(nameAnswer(await recover(by)), 'control: too early').toBe('recovery-waits')
    await age('1 minute 1 second')
    expect(await findRecovery(accountId)).toMatchObject({ isReady: true })
    await showFirst()
    const recovered = await recover(by)
    if (!recovered.ok) throw new Error(recovered.reason)
    expect(await database.query('SELECT 1 FROM passkeys')).toEqual([])
    expect(await database.query('SELECT 1 FROM sessions')).toEqual([])
    expect(await listMailed(account.email)).toContain('PASSKEY_REMOVED')
    expect(await listActs(accountId)).toEqual(expect.arrayContaining(['LOSE_PASSKEYS', 'RECOVER']))
    const opened = await openSession({ claims: recovered.value, proof: null, ...browser })
    expect(nameAnswer(opened)).toBe('ok')
    expect(await signInBy(account.email)).toBe('ok')
  })

  test('has to show the first factor, in this browser, when they ask and when they go on', async () => {
    const { account, accountId, by, showFirst } = await setUp()
    for (const browserId of [null, randomUUID()]) {
      expect(nameAnswer(await askToRecover({ browserId, address }))).toBe('passkey-over')
      expect(nameAnswer(await recover({ browserId, address }))).toBe('passkey-over')
    }
    expect(await listMailed(account.email)).not.toContain('PASSKEY_LOST')
    await askToRecover(by)
    await age('25 hours')
    await pool.query(
      `UPDATE passkey_challenges SET created_at = created_at - interval '6 minutes',
                                     expires_at = expires_at - interval '6 minutes'`,
    )
    expect(nameAnswer(await recover(by)), 'the password of yesterday').toBe('passkey-over')
    expect(await database.query('SELECT 1 FROM passkeys')).toHaveLength(1)
    await showFirst()
    expect(nameAnswer(await recover(by)), 'control').toBe('ok')
    expect(await findRecovery(accountId)).toBeNull()
  })

  test('begins anew after a week, and is mailed once, however often and at once they ask', async () => {
    const { account, by } = await setUp()
    const asked = await Promise.all(Array.from({ length: 4 }, () => askToRecover(by)))
    expect(asked.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    const count = async () =>
      (await listMailed(account.email)).filter((kind) => kind === 'PASSKEY_LOST').length
    expect(await count()).toBe(1)
    await age('7 days 1 second')
    expect(nameAnswer(await recover(by)), 'too late').toBe('recovery-waits')
    expect(await askToRecover(by)).toMatchObject({ ok: true })
    expect(await count()).toBe(2)
    expect(nameAnswer(await recover(by)), 'the wait begins anew').toBe('recovery-waits')
  })

  test('of two that go on at once one does', async () => {
    const { by } = await setUp()
    await askToRecover(by)
    await age('25 hours')
    const both = await Promise.all([recover(by), recover(by)])
    expect(both.map(nameAnswer).filter((said) => said === 'ok')).toHaveLength(1)
  })
})

describe('a lost passkey that is not lost', () => {
  test('is kept by the mail’s link: every session ends, and a new password is chosen', async () => {
    const { account, accountId, by, showFirst } = await setUp()
    await askToRecover(by)
    await age('25 hours')
    const kept = await keepPasskeys({ token: await newestKeepLink(), address })
    expect(kept).toMatchObject({ ok: true, value: { token: expect.any(String) } })
    expect(await database.query('SELECT 1 FROM sessions')).toEqual([])
    expect(await database.query('SELECT 1 FROM passkeys')).toHaveLength(1)
    await showFirst()
    expect(nameAnswer(await recover(by))).toBe('recovery-waits')
    expect(await signInBy(account.email)).toBe('passkey-needed')
    expect(await listActs(accountId)).toContain('KEEP_PASSKEYS')
    const again = await keepPasskeys({ token: await newestKeepLink(), address })
    expect(nameAnswer(again)).toBe('link-used')
  })

  test('is kept from a device that is signed in, which stays so, and every other session ends', async () => {
    const { account, accountId, by, sessionId, showFirst } = await setUp()
    const other = await holdSession(accountId)
    await askToRecover(by)
    await age('25 hours')
    const kept = await keepOwnPasskeys({ accountId, sessionId, address })
    if (!kept.ok) throw new Error(kept.reason)
    expect(await findRecovery(accountId)).toBeNull()
    expect(await findLiveSession({ ...kept.value, sessionId })).not.toBeNull()
    expect(await findLiveSession(other)).toBeNull()
    expect(nameAnswer(await recover(by)), 'the first factor of before').toBe('passkey-over')
    await showFirst()
    expect(nameAnswer(await recover(by))).toBe('recovery-waits')
    expect(await signInBy(account.email)).toBe('passkey-needed')
    expect(await listActs(accountId)).toContain('KEEP_PASSKEYS')
    // Pressed twice, or where nobody asked, nothing changes.
    const again = await keepOwnPasskeys({ accountId, sessionId, address })
    expect(again).toEqual(kept)
    expect((await listActs(accountId)).filter((act) => act === 'KEEP_PASSKEYS')).toHaveLength(1)
  })

  test('is not kept by another account, whose stop stops nothing', async () => {
    const { accountId, by } = await setUp()
    const stranger = await createHolder()
    await askToRecover(by)
    await keepOwnPasskeys({
      accountId: stranger.account.id,
      sessionId: stranger.sessionId,
      address,
    })
    expect(await findRecovery(accountId)).not.toBeNull()
  })

  test('is kept by its use', async () => {
    const { authenticator, accountId, by } = await setUp()
    await askToRecover(by)
    await age('25 hours')
    expect(await findRecovery(accountId), 'control').toMatchObject({ isReady: true })
    const browserId = randomUUID()
    const answer = authenticator.use(await askToSignIn(browserId))
    expect(nameAnswer(await signInByPasskey({ browserId, address, answer }))).toBe('ok')
    expect(await findRecovery(accountId)).toBeNull()
    expect(nameAnswer(await recover(by))).toBe('recovery-waits')
  })

  test('is kept where the stop is pressed while the other goes on', async () => {
    const { accountId, by } = await setUp()
    await askToRecover(by)
    await age('25 hours')
    const went = await duringTransaction({
      database,
      sql: 'UPDATE accounts SET passkey_lost_at = NULL WHERE id = $1',
      values: [accountId],
      work: () => recover(by),
    })
    expect(nameAnswer(went)).toBe('recovery-waits')
    expect(await database.query('SELECT 1 FROM passkeys')).toHaveLength(1)
  })

  test('a wait of before counts for no passkey made after it', async () => {
    const { account, accountId, by, showFirst } = await setUp()
    await askToRecover(by)
    await age('25 hours')
    expect(nameAnswer(await recover(by))).toBe('ok')
    await register({ accountId })
    const opened = await openSession({
      claims: { ...claimsOf(account), epoch: 1 },
      proof: 'PASSWORD',
      ...browser,
    })
    if (!opened.ok) throw new Error(opened.reason)
    const { sessionId } = opened.value
    await needPasskey({ accountId, sessionId, address, isNeeded: true })
    await showFirst()
    expect(nameAnswer(await recover(by))).toBe('recovery-waits')
  })
})
