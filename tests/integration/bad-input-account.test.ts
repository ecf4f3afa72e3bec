import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { mailNew, redeem } from '../support/account-links'
import { AGREED } from '../support/agreement'
import { type Answer, askApi, expectProblem } from '../support/api-client'
import { fingerprintRows, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useGateway } from '../support/stack-gateway'

const apps = useApps()
const gateway = useGateway()
const inbox = useInbox()
beforeEach(() => gateway.reset())

const person = (change: Record<string, unknown> = {}) => ({
  email: `${randomUUID()}@bobjool.test`,
  password: 'a long enough one',
  name: '새손님',
  wants: 'DINER',
  ...AGREED,
  ...change,
})
const signUp = (body: unknown, headers: Record<string, string> = {}) =>
  askApi({ url: apps.urlOf(), method: 'POST', path: '/api/v1/accounts', body, headers })

describe('hard case 19: a wrong sign-up is refused at its field, and nothing is written', () => {
  test.each<[field: string, change: Record<string, unknown>]>([
    ['email', { email: 'not an address' }],
    ['email', { email: '"a@x"@y.kr' }],
    ['email', { email: 'a@b.kr\r\nBcc: c@d.kr' }],
    ['email', { email: `${'a'.repeat(300)}@b.kr` }],
    ['email', { email: ['a@b.kr'] }],
    ['password', { password: 'ninechars' }],
    ['password', { password: 'x'.repeat(201) }],
    ['password', { password: '1234567890' }],
    ['password', { password: { length: 10 } }],
    ['password', { email: 'me.myself.and.i@bobjool.test', password: 'Me.Myself.And.I' }],
    ['password', { name: '이름이곧비밀번호인사람', password: '이름이곧비밀번호인사람' }],
    ['name', { name: '' }],
    ['name', { name: ' \u200f\u200b ' }],
    ['name', { name: '가'.repeat(51) }],
    ['name', { name: '🍚'.repeat(51) }],
    ['name', { name: 'a'.repeat(10_000) }],
    ['name', { name: null }],
    ['phone', { phone: '010-1234' }],
    ['phone', { phone: '010-1234-56789' }],
    ['phone', { phone: '전화 주세요' }],
    ['phone', { phone: '1'.repeat(90) }],
    ['phone', { phone: 1_012_345_678 }],
    ['wants', { wants: 'ADMIN' }],
    ['wants', { wants: undefined }],
    ['agreesToTerms', { agreesToTerms: undefined }],
    ['agreesToTerms', { agreesToTerms: false }],
    ['agreesToTerms', { agreesToTerms: 'true' }],
    ['isFourteenOrOlder', { isFourteenOrOlder: false }],
    ['marketing', { marketing: true }],
    ['locale', { locale: 'xx' }],
    ['role', { role: 'ADMIN' }],
    ['emailConfirmedAt', { emailConfirmedAt: '2026-01-01T00:00:00Z' }],
    ['ownerApprovedAt', { ownerApprovedAt: '2026-01-01T00:00:00Z', wants: 'OWNER' }],
    ['id', { id: randomUUID() }],
  ])('G19: %s', async (field, change) => {
    const before = await fingerprintRows()
    const problem = expectProblem(await signUp(person(change)), { status: 422, reason: 'invalid' })
    expect(problem.fields).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: expect.stringContaining(field) })]),
    )
    expect(await fingerprintRows()).toEqual(before)
  })

  test.each<[given: Record<string, unknown>, kept: Record<string, unknown>]>([
    [{ name: ' \u202e김 🍚\n밥줄 ' }, { name: '김 🍚 밥줄' }],
    [{ phone: '+82 10 1234 5678' }, { phone: '+821012345678' }],
    [{ phone: '010.1234.5678' }, { phone: '+821012345678' }],
    [{ phone: '(02) 312 4567' }, { phone: '+8223124567' }],
    [{ phone: '+1 415 555 0100' }, { phone: '+14155550100' }],
    [{ phone: ' ' }, { phone: null }],
    [{ locale: 'en' }, { locale: 'en' }],
    [{ wants: 'OWNER' }, { role: 'OWNER', owner_approved_at: null }],
  ])('%j is kept as %j', async (given, kept) => {
    const asked = person(given)
    expect((await signUp(asked)).status).toBe(201)
    const { rows } = await pool.query('SELECT * FROM accounts WHERE email = $1', [asked.email])
    expect(rows).toMatchObject([{ ...kept, email_confirmed_at: null }])
  })
})

describe('G19: no answer tells who has an account', () => {
  const shown = ({ status, text, headers }: Answer, email: string) => {
    const { date: _, ...rest } = headers
    return { status, text: text.replaceAll(email, 'ADDRESS'), headers: rest }
  }

  test('G19: signing up with a known, an unconfirmed and an unknown address looks the same', async () => {
    const known = await createAccount(pool)
    const unconfirmed = await createAccount(pool, { emailConfirmedAt: null })
    // Addresses of one length, so that the answers have one length too.
    const unknown = `account-${randomUUID()}@bobjool.test`
    const answers = await Promise.all(
      [known.email, unconfirmed.email, unknown].map(async (email) =>
        shown(await signUp(person({ email })), email),
      ),
    )
    expect(answers[0]).toMatchObject({ status: 201 })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect((await inbox.waitForMail({ recipient: known.email })).subject).toContain('이미 가입한')
    for (const recipient of [unconfirmed.email, unknown])
      expect((await inbox.waitForMail({ recipient })).text).toContain('/links/')
  })

  test('G20: the sixth within an hour is told when to try again, in the language asked for', async () => {
    const asked = person()
    for (let tries = 0; tries < 5; tries++) expect((await signUp(asked)).status).toBe(201)
    const answer = await signUp(asked, { 'accept-language': 'en' })
    expectProblem(answer, { status: 429, reason: 'rate-limited', language: 'en' })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  })

  test('G20: without an answer from Redis the process limits on its own', async () => {
    await gateway.setFault({ kind: 'error-500' })
    const asked = person()
    for (let tries = 0; tries < 5; tries++) expect((await signUp(asked)).status).toBe(201)
    expectProblem(await signUp(asked), { status: 429, reason: 'rate-limited' })
  })
})

describe('the page of a mailed link', () => {
  const open = (token: string, prefix = '') =>
    askApi({ url: apps.urlOf(), path: `${prefix}/links/${token}` })

  test('G19: is not cached, not indexed, and leaks its address to no other site', async () => {
    const { token } = await mailNew('RESET_PASSWORD')
    for (const prefix of ['', '/en']) {
      const { status, headers } = await open(token, prefix)
      expect(status).toBe(200)
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['x-robots-tag']).toContain('noindex')
      expect(headers['cache-control']).toContain('no-store')
    }
  })

  test('G19: is not used up, however often a mail scanner opens it', async () => {
    const { token } = await mailNew('SIGN_IN', { emailConfirmedAt: new Date() })
    const before = await fingerprintRows()
    for (let looks = 0; looks < 3; looks++) await open(token)
    await askApi({ url: apps.urlOf(), method: 'HEAD', path: `/links/${token}` })
    expect(await fingerprintRows()).toEqual(before)
    expect(await redeem(token, 'SIGN_IN')).toMatchObject({ ok: true })
  })

  test.each([
    ['short', 'x'],
    ['with NUL', '%00'],
    ['with a path', '..%2f'],
    ['endless', 'a'.repeat(3_000)],
    ['an id without a seal', randomUUID()],
    ['an emoji', '%F0%9F%8D%9A'],
  ])('hard case 19: a link that is %s is one we don’t know, and no failure', async (_, token) => {
    const answer = await open(token)
    expect(answer.status).toBeLessThan(500)
    expect(answer.text).not.toContain('버튼을 누르면')
  })
})
