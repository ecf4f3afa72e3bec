import { beforeEach, describe, expect, test } from 'vitest'
import { agreeToTerms } from '@/domain/identity/agreement.commands'
import { findTermsQuestion } from '@/domain/identity/agreement.queries'
import { connectLogin, enterByLogin } from '@/domain/identity/external-login.commands'
import { signUp } from '@/domain/identity/sign-up.commands'
import { signUpForm, signUpRequest } from '@/domain/identity/sign-up.schema'
import { pool } from '@/lib/db/database'
import { TERMS_VERSION } from '@/lib/legal'
import { createAccount } from '@/prisma/factories'
import { AGREED } from '../support/agreement'
import { bookAs, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { ask } from '../support/link-requests'
import { createHolder } from '../support/session-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const readAgreements = () =>
  database.query<{ kind: string; version: string; given: boolean; isNow: boolean }>(
    `SELECT kind, version, given, at > now() - interval '1 minute' AS "isNow"
       FROM agreements ORDER BY kind`,
  )
const SAID = [
  { kind: 'AGE_14', version: TERMS_VERSION, given: true, isNow: true },
  { kind: 'PRIVACY_NOTICE', version: TERMS_VERSION, given: true, isNow: true },
  { kind: 'TERMS', version: TERMS_VERSION, given: true, isNow: true },
]
const person = {
  email: 'new@bobjool.test',
  password: 'a long enough one',
  name: '새손님',
  wants: 'DINER' as const,
}
const kakao = {
  provider: 'kakao' as const,
  subject: '4711',
  name: '라이언',
  email: 'kakao@bobjool.test',
  isEmailVerified: true,
}
const enter = (change: Partial<typeof kakao>, agreement: typeof AGREED | null) =>
  enterByLogin({
    person: { ...kakao, ...change },
    locale: 'ko',
    asking: ask(),
    address: null,
    agreement,
  })
/** An account from before there were terms. */
async function createOld() {
  const account = await createAccount(pool)
  await database.query('ALTER TABLE agreements DISABLE TRIGGER agreements_append_only')
  await database.query('DELETE FROM agreements WHERE account_id = $1', [account.id])
  await database.query('ALTER TABLE agreements ENABLE TRIGGER agreements_append_only')
  return account
}

describe('signing up', () => {
  test('keeps the versions and the instant of what was agreed to, declared and shown', async () => {
    await signUp({ ...person, ...AGREED, locale: 'ko', asking: ask(), address: null })
    expect(await readAgreements()).toEqual(SAID)
  })

  test.each([
    ['agreesToTerms', { isFourteenOrOlder: true }],
    ['agreesToTerms', { agreesToTerms: false, isFourteenOrOlder: true }],
    ['isFourteenOrOlder', { agreesToTerms: true }],
    ['isFourteenOrOlder', { agreesToTerms: true, isFourteenOrOlder: false }],
  ])('is refused while %s is not said: %j', (field, given) => {
    for (const read of [
      signUpRequest.safeParse({ ...person, ...given }),
      signUpForm.safeParse({ ...person, ...given, errand: { returnPath: '/', texts: {} } }),
    ])
      expect(read.error?.issues.map(({ path }) => path[0])).toContain(field)
  })

  test('bundles no consent: none can be sent along, and none is recorded', async () => {
    expect(signUpRequest.safeParse({ ...person, ...AGREED, marketing: true }).success).toBe(false)
    await signUp({ ...person, ...AGREED, locale: 'ko', asking: ask(), address: null })
    expect(
      await database.query(`SELECT FROM agreements WHERE kind IN ('MARKETING', 'GUEST_HEALTH')`),
    ).toEqual([])
  })

  test('through Kakao or Naver makes no account before its person has agreed', async () => {
    expect(await enter({}, null)).toMatchObject({ reason: 'terms-needed' })
    expect(await database.query('SELECT FROM accounts')).toEqual([])
    expect(await enter({}, AGREED)).toMatchObject({ ok: true })
    expect(await readAgreements()).toEqual(SAID)
    expect(await enter({}, null), 'asked once').toMatchObject({ ok: true })
  })

  test('through Naver is asked alike, whether or not the address has an account', async () => {
    await createAccount(pool, { email: 'known@bobjool.test' })
    for (const email of ['known@bobjool.test', 'unknown@bobjool.test'])
      expect(await enter({ email, subject: email, isEmailVerified: false }, null)).toEqual({
        ok: false,
        reason: 'terms-needed',
      })
  })

  test('through Naver is asked each time until the mailbox is confirmed, as a known address is', async () => {
    const unverified = { email: 'naver@bobjool.test', isEmailVerified: false }
    expect(await enter(unverified, AGREED)).toMatchObject({ ok: true, value: { isIn: false } })
    expect(await enter(unverified, null)).toMatchObject({ reason: 'terms-needed' })
    await database.query('UPDATE accounts SET email_confirmed_at = now()')
    expect(await enter(unverified, null)).toMatchObject({ ok: true, value: { isIn: true } })
  })

  test('over an account that a stranger had made, its person agrees for themselves', async () => {
    await createAccount(pool, { email: kakao.email, emailConfirmedAt: null })
    expect(await enter({}, null)).toMatchObject({ reason: 'terms-needed' })
    expect(await enter({}, AGREED)).toMatchObject({ ok: true })
    expect(await readAgreements()).toHaveLength(6)
  })

  test('connecting Kakao to an account asks nothing again', async () => {
    const { accountId, sessionId } = (await createHolder()).held
    const connected = await connectLogin({ accountId, sessionId, address: null, person: kakao })
    expect(connected.ok).toBe(true)
  })
})

describe('a new version of the terms', () => {
  test('asks an existing account once, also of two presses at once', async () => {
    const { id: accountId } = await createOld()
    expect(await findTermsQuestion(accountId)).toEqual({ isChange: false })
    const agreed = await Promise.all(
      [1, 2, 3].map(() => agreeToTerms({ accountId, address: null })),
    )
    expect(agreed.every(({ ok }) => ok)).toBe(true)
    expect(await findTermsQuestion(accountId)).toBeNull()
    expect(await readAgreements()).toEqual(SAID)
    expect(
      await database.query(`SELECT details FROM audit_events WHERE act = 'AGREE_TO_TERMS'`),
    ).toEqual([{ details: { version: TERMS_VERSION } }])
  })

  test('says that it is a change to those who agreed before', async () => {
    const { id } = await createOld()
    await database.query(
      `INSERT INTO agreements (account_id, kind, version) VALUES ($1, 'TERMS', '2025-01-01')`,
      [id],
    )
    expect(await findTermsQuestion(id)).toEqual({ isChange: true })
  })

  test('bars nobody’s way to a booking', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const { id } = await createOld()
    expect(await findTermsQuestion(id)).not.toBeNull()
    expect(await bookAs(id, scene)).toMatchObject({ ok: true })
  })
})

describe('what was agreed to stays as it was written', () => {
  test.each([
    `UPDATE agreements SET version = '2020-01-01'`,
    'UPDATE agreements SET at = now()',
    `DELETE FROM agreements WHERE kind = 'TERMS'`,
  ])('refused: %s', async (sql) => {
    await createAccount(pool)
    await expect(database.query(sql)).rejects.toMatchObject({
      constraint: 'agreements_append_only',
    })
  })

  test('and goes with its account', async () => {
    const { id } = await createAccount(pool)
    await database.query('DELETE FROM accounts WHERE id = $1', [id])
    expect(await readAgreements()).toEqual([])
  })
})

test('demo accounts have agreed already', async () => {
  const { id } = await createAccount(pool)
  expect(await findTermsQuestion(id)).toBeNull()
})
