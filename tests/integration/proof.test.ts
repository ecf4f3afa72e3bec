import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { askToChangeAddress, changeAddress } from '@/domain/identity/account.commands'
import { enterByCode } from '@/domain/identity/code.commands'
import { connectLogin, disconnectLogin } from '@/domain/identity/external-login.commands'
import { mailLink } from '@/domain/identity/link.commands'
import { changePassword } from '@/domain/identity/password.commands'
import { makeAdmin, unmakeAdmin } from '@/domain/identity/people.commands'
import { checkProof } from '@/domain/identity/proof.commands'
import { mailProofCode, proveByCode, proveByPassword } from '@/domain/identity/proving.commands'
import { endSession } from '@/domain/identity/session.commands'
import { connectKiosk, revokeKiosk } from '@/domain/line/kiosk.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { exportAccount } from '@/domain/privacy/account-export.commands'
import { allowGuestExport } from '@/domain/privacy/guest-export.commands'
import { setSlackHook } from '@/domain/restaurant/settings.commands'
import { hashDeviceToken, makeDeviceToken } from '@/lib/crypto/device-token'
import { signLink } from '@/lib/crypto/link-token'
import { makeCode } from '@/lib/crypto/mailed-code'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createRestaurant, DEMO_PASSWORD } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { createHolder, duringTransaction, holdSession } from '../support/session-scene'
import { useGateway } from '../support/stack-gateway'
import { actWithoutProof } from '../support/unprotected-sessions'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()
afterAll(closeMail)
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
  inbox.clear()
})

const SAFARI = { browser: 'SAFARI', system: 'IPHONE' } as const
const address: string | null = null
type Prover = { accountId: string; sessionId: string | null }

const age = (interval: string) =>
  database.query('UPDATE sessions SET proved_at = now() - $1::interval WHERE proof IS NOT NULL', [
    interval,
  ])

/** As the mail has it. */
async function newestCode(): Promise<string> {
  const [request] = await database.query<{ id: string }>(
    'SELECT id FROM link_requests ORDER BY created_at DESC, id DESC LIMIT 1',
  )
  return makeCode({ kind: 'link-request', id: request?.id ?? '' })
}

/** Every act that could cost a person their account, with what it needs. */
async function setUpActs() {
  const { account } = await createHolder({ role: 'OWNER', passwordHash: null })
  const accountId = account.id
  const { id: restaurantId } = await createRestaurant(pool, { ownerId: accountId })
  const actor = { accountId, address }
  const person = (subject: string) => ({
    ...{ provider: 'kakao', subject, name: null, email: null, isEmailVerified: false },
  })
  await database.query(`INSERT INTO external_logins VALUES ('naver', $1, $2)`, [
    randomUUID(),
    accountId,
  ])
  await database.query(`INSERT INTO external_logins VALUES ('kakao', $1, $2)`, [
    randomUUID(),
    accountId,
  ])
  const linkToNew = async () => {
    const made = await runTransaction((tx) =>
      mailLink(tx, {
        account,
        purpose: 'CHANGE_ADDRESS',
        email: `${randomUUID()}@bobjool.test`,
        actor: { accountId, role: 'OWNER', address },
      }),
    )
    if (!made.ok) throw new Error(made.reason)
    return signLink({ kind: 'account', id: made.value.linkId })
  }
  const kakao = async () => {
    await database.query(`DELETE FROM external_logins WHERE provider = 'kakao'`)
    return { ...person(randomUUID()), provider: 'kakao' as const }
  }
  const kiosk = async () => {
    const [made] = await database.query<{ id: string }>(
      'INSERT INTO kiosks (restaurant_id, name, token_hash) VALUES ($1, $2, $3) RETURNING id',
      [restaurantId, '뒷문', hashDeviceToken(makeDeviceToken())],
    )
    return made?.id ?? ''
  }
  const acts: Record<string, (prover: Prover) => Promise<{ ok: boolean; reason?: string }>> = {
    'asking for a new address': (prover) =>
      askToChangeAddress({ ...prover, address, email: `${randomUUID()}@bobjool.test` }),
    'changing the address': async (prover) =>
      changeAddress({ ...prover, address, token: await linkToNew() }),
    'the first password': (prover) =>
      changePassword({ ...prover, address, newPassword: 'a long enough one' }),
    'connecting Kakao': async (prover) =>
      connectLogin({ ...prover, address, person: await kakao() }),
    'disconnecting Naver': (prover) => disconnectLogin({ ...prover, address, provider: 'naver' }),
    'connecting a kiosk': ({ sessionId }) =>
      connectKiosk({ restaurantId, actor, sessionId, name: '입구' }),
    'connecting Slack': ({ sessionId }) =>
      setSlackHook({
        ...{ restaurantId, actor, sessionId, locale: 'ko' },
        url: 'https://hooks.slack.com/services/T0/B0/secret',
      }),
    'disconnecting Slack': ({ sessionId }) =>
      setSlackHook({ restaurantId, actor, sessionId, url: null, locale: 'ko' }),
    'revoking a kiosk': async ({ sessionId }) =>
      revokeKiosk({ restaurantId, actor, sessionId, kioskId: await kiosk() }),
    'exporting the account': ({ sessionId }) =>
      exportAccount({ accountId, sessionId, role: 'OWNER', address, format: 'json' }),
    'exporting a restaurant’s guests': ({ sessionId }) =>
      allowGuestExport({ restaurantId, actor, sessionId, list: 'visits', format: 'csv' }),
  }
  return { accountId, acts }
}

describe('G24: acts that could cost an account need a fresh proof', () => {
  const names = [
    ...['asking for a new address', 'changing the address', 'the first password'],
    ...['connecting Kakao', 'disconnecting Naver', 'connecting a kiosk', 'connecting Slack'],
    ...['disconnecting Slack', 'revoking a kiosk', 'exporting the account'],
    'exporting a restaurant’s guests',
  ]

  test.each(names)('G24: %s', async (name) => {
    const { accountId, acts } = await setUpActs()
    const act = acts[name]
    if (!act) throw new Error('no such act')
    expect(names).toEqual(Object.keys(acts))
    const { sessionId } = await holdSession(accountId)
    const other = await holdSession(accountId)
    const { held: foreign } = await createHolder()
    await database.query('UPDATE sessions SET proof = NULL, proved_at = NULL WHERE id = $1', [
      sessionId,
    ])
    // A proof of another device, or of another person, is none of this one.
    expect(await act({ accountId, sessionId })).toMatchObject({ reason: 'proof-needed' })
    expect(await act({ accountId, sessionId: null })).toMatchObject({ reason: 'proof-needed' })
    expect(await act({ accountId, sessionId: foreign.sessionId })).toMatchObject({
      reason: 'signed-out',
    })
    await age('10 minutes 1 second')
    expect(await act({ accountId, sessionId: other.sessionId })).toMatchObject({
      reason: 'proof-needed',
    })
    await endSession({ accountId, address, sessionId: other.sessionId })
    expect(await act({ accountId, sessionId: other.sessionId })).toMatchObject({
      reason: 'signed-out',
    })
    await database.query(
      `UPDATE sessions SET proof = 'MAIL', proved_at = now() - interval '9 minutes 50 seconds' WHERE id = $1`,
      [sessionId],
    )
    expect(await act({ accountId, sessionId })).toMatchObject({ ok: true })
  })

  test('G24: making somebody an admin, and no admin', async () => {
    const { held, account: admin } = await createHolder({ role: 'ADMIN' })
    const { id: accountId } = await createAccount(pool)
    const asked = { accountId, actor: { accountId: admin.id, address } }
    const { held: others } = await createHolder({ role: 'ADMIN' })
    await age('11 minutes')
    for (const act of [makeAdmin, unmakeAdmin]) {
      await age('11 minutes')
      const { sessionId } = held
      expect(await act({ ...asked, sessionId })).toMatchObject({ reason: 'proof-needed' })
      expect(await act({ ...asked, sessionId: null })).toMatchObject({ reason: 'proof-needed' })
      await age('1 minute')
      // Another admin's proof is not this one's.
      expect(await act({ ...asked, sessionId: others.sessionId })).toMatchObject({
        reason: 'signed-out',
      })
      expect(await act({ ...asked, sessionId })).toMatchObject({ ok: true })
    }
  })

  test('G24, control: a password that exists is its own proof, and without one nothing is', async () => {
    const { held } = await createHolder()
    await age('1 day')
    const asked = { ...held, address, newPassword: 'a long enough one' }
    expect(await changePassword(asked)).toMatchObject({ reason: 'wrong-password' })
    expect(await changePassword({ ...asked, presentPassword: DEMO_PASSWORD })).toMatchObject({
      ok: true,
    })
  })

  test('G24: a session that is ended while the act waits does not act', async () => {
    const { held } = await createHolder()
    const email = `${randomUUID()}@bobjool.test`
    const acted = await duringTransaction({
      database,
      sql: 'DELETE FROM sessions WHERE id = $1',
      values: [held.sessionId],
      work: () => askToChangeAddress({ ...held, address, email }),
    })
    expect(acted).toMatchObject({ reason: 'signed-out' })
    expect(await database.query('SELECT 1 FROM account_links')).toEqual([])
  })

  test('G24, control: a proof that is read without the row’s lock outlives its session', async () => {
    const { held } = await createHolder()
    const isFresh = await duringTransaction({
      database,
      sql: 'DELETE FROM sessions WHERE id = $1',
      values: [held.sessionId],
      work: () => actWithoutProof(held.sessionId),
    })
    expect(isFresh).toBe(true)
  })
})

describe('G24: a proof', () => {
  const prove = (password: string, held: { accountId: string; sessionId: string }) =>
    proveByPassword({ ...held, address, password })

  test('G24: by password counts in its own session, for ten minutes', async () => {
    const { held, account } = await createHolder()
    const other = await holdSession(account.id)
    await age('1 day')
    expect(await checkProof(held)).toMatchObject({
      reason: 'proof-needed',
      details: { hasPassword: true },
    })
    expect(await prove('not this one', held)).toMatchObject({ reason: 'wrong-password' })
    expect(await checkProof(held)).toMatchObject({ reason: 'proof-needed' })
    expect(await prove(DEMO_PASSWORD, held)).toMatchObject({ ok: true })
    expect(await checkProof(held)).toMatchObject({ ok: true })
    expect(await checkProof(other)).toMatchObject({ reason: 'proof-needed' })
    await age('10 minutes 1 second')
    expect(await checkProof(held)).toMatchObject({ reason: 'proof-needed' })
  })

  test('G24: an account without a password proves nothing by one', async () => {
    const { held } = await createHolder({ passwordHash: null })
    await age('1 day')
    for (const password of ['', DEMO_PASSWORD])
      expect(await prove(password, held)).toMatchObject({ reason: 'wrong-password' })
    expect(await checkProof(held)).toMatchObject({ details: { hasPassword: false } })
  })

  test('G24: a password of another’s session, or of one that has ended, proves nothing', async () => {
    const { held } = await createHolder()
    const { held: foreign } = await createHolder()
    await age('1 day')
    const mixed = { accountId: held.accountId, sessionId: foreign.sessionId }
    expect(await prove(DEMO_PASSWORD, mixed)).toMatchObject({ reason: 'signed-out' })
    await endSession({ ...held, address })
    expect(await prove(DEMO_PASSWORD, held)).toMatchObject({ reason: 'signed-out' })
    expect(await checkProof(foreign)).toMatchObject({ reason: 'proof-needed' })
  })

  test('G24: by a mailed code, once, in the session that asked, and for no way in', async () => {
    const { held, account } = await createHolder({ passwordHash: null })
    const other = await holdSession(account.id)
    await age('1 day')
    const mailed = await mailProofCode({ ...held, address, browser: SAFARI })
    expect(mailed).toEqual({ ok: true, value: { email: account.email } })
    await drainOutbox()
    const [mail] = inbox.listMails(account.email)
    if (!mail) throw new Error('no code was mailed')
    const code = await newestCode()
    expect(mail.text).toContain(code)
    expect(mail.subject).toBe('본인 확인 코드예요')
    expect(mail.text).toContain('사파리 · iPhone')
    expect(mail.text).not.toContain('/links/')
    expect(await proveByCode({ ...other, address, code })).toMatchObject({
      reason: 'request-unknown',
    })
    const wrong = code === '000000' ? '000001' : '000000'
    expect(await proveByCode({ ...held, address, code: wrong })).toMatchObject({
      reason: 'code-wrong',
    })
    const [request] = await database.query<{ id: string }>('SELECT id FROM link_requests')
    const entering = { requestId: request?.id ?? '', code, signUpId: null, address }
    expect(await enterByCode(entering)).toMatchObject({ reason: 'request-unknown' })
    expect(await proveByCode({ ...held, address, code })).toMatchObject({ ok: true })
    expect(await checkProof(held)).toMatchObject({ ok: true })
    expect(await checkProof(other)).toMatchObject({ reason: 'proof-needed' })
    await age('1 day')
    expect(await proveByCode({ ...held, address, code })).toMatchObject({ reason: 'code-used' })
  })

  test('G24: a code is over after ten minutes, five tries, a newer one, or its session', async () => {
    const { held } = await createHolder()
    const mailCode = async () => {
      const mailed = await mailProofCode({ ...held, address, browser: SAFARI })
      if (!mailed.ok) throw new Error(mailed.reason)
      return newestCode()
    }
    const late = await mailCode()
    await database.query(
      `UPDATE link_requests SET created_at = created_at - interval '11 minutes', expires_at = expires_at - interval '11 minutes'`,
    )
    expect(await proveByCode({ ...held, address, code: late })).toMatchObject({
      reason: 'code-over',
    })
    const first = await mailCode()
    const second = await mailCode()
    if (first !== second)
      expect(await proveByCode({ ...held, address, code: first })).toMatchObject({
        reason: 'code-wrong',
      })
    const wrong = second === '000000' ? '000001' : '000000'
    for (let tries = 0; tries < 5; tries++) await proveByCode({ ...held, address, code: wrong })
    expect(await proveByCode({ ...held, address, code: second })).toMatchObject({
      reason: 'code-tries',
    })
    const last = await mailCode()
    await endSession({ ...held, address })
    expect(await proveByCode({ ...held, address, code: last })).toMatchObject({
      reason: 'request-unknown',
    })
  })
})
