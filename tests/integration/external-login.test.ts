import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signLink } from '@/lib/crypto/link-token'
import { verifySession } from '@/lib/crypto/session-token'
import { pool } from '@/lib/db/database'
import { loadMessages } from '@/lib/i18n/messages'
import { createAccount } from '@/prisma/factories'
import { askApi } from '../support/api-client'
import { useDatabase } from '../support/database'
import { createPerson, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import {
  kakaoProfile,
  type LoginProviderStandIn,
  loginEnvironment,
  naverProfile,
  startLoginProvider,
} from '../support/login-provider'
import { comeBack, Jar, setOut, visitProvider } from '../support/login-visit'
import { callAction, listActions } from '../support/server-actions'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()
let provider: LoginProviderStandIn
const apps = useApps(async () => {
  provider = await startLoginProvider()
  return { env: loginEnvironment(provider.url) }
})
const without = useApps()
afterAll(() => provider?.stop())

let number = 1_000
let kakaoId: number
let email: string
beforeEach(async () => {
  await gateway.reset()
  number += 1
  kakaoId = number
  email = `person-${number}@bobjool.test`
})

const visit = (
  profile: unknown,
  rest: Partial<Parameters<typeof visitProvider>[0]> = {},
): ReturnType<typeof visitProvider> =>
  visitProvider({ url: apps.urlOf(), jar: new Jar(), code: provider.grant(profile), ...rest })

const loginsOf = (accountId: string) =>
  database.query<{ provider: string; subject: string }>(
    'SELECT provider, subject FROM external_logins WHERE account_id = $1 ORDER BY provider',
    [accountId],
  )
const noticesOf = (accountId: string) =>
  database.query('SELECT kind, recipient, payload FROM notices WHERE account_id = $1', [accountId])
const connectedNotice = (recipient: string) => ({
  kind: 'LOGIN_CONNECTED',
  recipient,
  payload: expect.objectContaining({ provider: 'kakao', email: recipient }),
})
const accountsOf = (address: string) =>
  database.query<{ id: string; name: string; confirmed: boolean; has_password: boolean }>(
    `SELECT id, name, email_confirmed_at IS NOT NULL AS confirmed, password_hash IS NOT NULL AS has_password
       FROM accounts WHERE email = $1`,
    [address],
  )

describe('signing in through Kakao', () => {
  test('a new person gets an account, is signed in, and goes on to the page they wanted', async () => {
    const first = await visit(kakaoProfile({ id: kakaoId, email }), {
      callbackUrl: '/en/reservations',
    })
    expect(first).toMatchObject({ status: 302, location: '/en/reservations' })
    expect(first.who).toMatchObject({
      email,
      name: '라이언',
      role: 'DINER',
      locale: 'en',
      epoch: 0,
    })
    const [account] = await accountsOf(email)
    expect(account).toMatchObject({ confirmed: true, has_password: false })
    const again = await visit(kakaoProfile({ id: kakaoId, email: 'moved@bobjool.test' }))
    expect(again.who?.accountId, 'known by the id, whatever the address').toBe(account?.id)
    expect(await accountsOf('moved@bobjool.test')).toEqual([])
  })

  test('a new person agrees to the terms first, and until then nothing is stored', async () => {
    const { who, location } = await visit(kakaoProfile({ id: kakaoId, email }), { agrees: false })
    expect(who).toBeNull()
    expect(location).toBe('/sign-up/agree')
    expect(await accountsOf(email)).toEqual([])
    await visit(kakaoProfile({ id: kakaoId, email }))
    const [account] = await accountsOf(email)
    expect(
      await database.query('SELECT kind FROM agreements WHERE account_id = $1 ORDER BY kind', [
        account?.id,
      ]),
    ).toEqual([{ kind: 'AGE_14' }, { kind: 'PRIVACY_NOTICE' }, { kind: 'TERMS' }])
  })

  test('the same person signing in twice at once gets one account', async () => {
    const visits = await Promise.all(
      Array.from({ length: 6 }, () => visit(kakaoProfile({ id: kakaoId, email }))),
    )
    expect(new Set(visits.map(({ who }) => who?.accountId)).size).toBe(1)
    expect(await accountsOf(email)).toHaveLength(1)
    const [account] = await accountsOf(email)
    expect(await loginsOf(String(account?.id))).toHaveLength(1)
  })

  test('a proven address signs in to the account that has it', async () => {
    const person = await createPerson({ email, name: '김하늘' })
    const { who } = await visit(kakaoProfile({ id: kakaoId, email: email.toUpperCase() }))
    expect(who).toMatchObject({ accountId: person.id, name: '김하늘' })
    expect(await loginsOf(person.id)).toEqual([{ provider: 'kakao', subject: String(kakaoId) }])
    expect(await accountsOf(email)).toMatchObject([{ has_password: true }])
    expect(await noticesOf(person.id), 'another way in is told').toEqual([connectedNotice(email)])
  })

  test('G19: if the account’s address was unproven, every other way in ends', async () => {
    const squatter = await createPerson({ email, emailConfirmedAt: null })
    await database.query(`INSERT INTO external_logins VALUES ('naver', $1, $2)`, [
      `n${number}`,
      squatter.id,
    ])
    const { who } = await visit(kakaoProfile({ id: kakaoId, email }))
    expect(who).toMatchObject({ accountId: squatter.id, epoch: 1 })
    expect(await accountsOf(email)).toMatchObject([{ confirmed: true, has_password: false }])
    expect(await loginsOf(squatter.id)).toEqual([{ provider: 'kakao', subject: String(kakaoId) }])
  })

  test('without an address the person is told what to do, and nothing is kept', async () => {
    const { who, location } = await visit(kakaoProfile({ id: kakaoId }))
    expect(who).toBeNull()
    expect(location).toBe('/sign-in?error=email-needed&callbackUrl=%2Freservations')
    expect(
      await database.query('SELECT 1 FROM external_logins WHERE subject = $1', [String(kakaoId)]),
    ).toEqual([])
  })

  test('a deleted account’s session does not come back', async () => {
    const { who } = await visit(kakaoProfile({ id: kakaoId, email }))
    await database.query('UPDATE accounts SET session_epoch = 7 WHERE id = $1', [who?.accountId])
    const again = await visit(kakaoProfile({ id: kakaoId, email }))
    expect(again.who).toMatchObject({ epoch: 7 })
  })
})

describe('G19: an unverified address opens nothing', () => {
  const unverified = () => [
    ['naver', naverProfile({ id: `n${number}`, email })] as const,
    ['kakao', kakaoProfile({ id: kakaoId, email, isVerified: false })] as const,
  ]

  test.each([0, 1])(
    'G19: the page is the same whether or not the address is known (%i)',
    async (at) => {
      const told: unknown[] = []
      for (const isKnown of [false, true]) {
        number += 10
        kakaoId = number
        email = `unverified-${number}@bobjool.test`
        if (isKnown) await createAccount(pool, { email })
        const [name = 'naver', profile] = unverified()[at] ?? []
        const jar = new Jar()
        for (const round of [1, 2]) {
          const code = provider.grant(profile)
          const { who, status, location } = await visit(profile, { provider: name, jar, code })
          expect(who).toBeNull()
          told.push({ round, status, location })
        }
        expect(jar.read('bobjool.sign-up')).toMatch(/^[\w-]{48}$/)
        const [mail] = await inbox.waitForMails({ recipient: email })
        expect(mail?.subject).toMatch(isKnown ? /이미 가입/ : /확인해 주세요/)
        if (isKnown) expect(await loginsOf((await accountsOf(email))[0]?.id ?? '')).toEqual([])
      }
      expect(told.slice(0, 2)).toEqual(told.slice(2))
      expect(told[0]).toMatchObject({
        location: expect.stringContaining('/sign-in?error=mail-sent'),
      })
    },
  )

  test('once confirmed from its mailbox, the login opens the account', async () => {
    const profile = naverProfile({ id: `n${number}`, email })
    expect((await visit(profile, { provider: 'naver' })).who).toBeNull()
    await database.query('UPDATE accounts SET email_confirmed_at = now() WHERE email = $1', [email])
    const { who } = await visit(profile, { provider: 'naver' })
    expect(who).toMatchObject({ email, name: '네이비' })
  })

  test.each(['ko', 'en'] as const)(
    'kind 3: the page that waits for the mail takes its code (%s)',
    async (locale) => {
      const jar = new Jar()
      const callbackUrl = locale === 'ko' ? '/reservations' : '/en/reservations'
      const code = provider.grant(naverProfile({ id: `n${number}`, email }))
      const url = apps.urlOf()
      const { location } = await visitProvider({ url, jar, provider: 'naver', callbackUrl, code })
      const page = await askApi({ url, path: location, headers: { cookie: jar.toHeader() } })
      expect(page.text).toMatch(/<input[^>]* name="code"/)
      expect(page.text).toContain((await loadMessages(locale)).access.code.label)
      const mail = await inbox.waitForMail({ recipient: email })
      const [, mailed = ''] = /(?:^|\s)(\d{6})(?:\s|$)/.exec(mail.text) ?? []
      const action = listActions().find(({ name }) => name.endsWith(' enterByMailedCode'))
      if (!action) throw new Error('no action takes the code')
      const given = { code: mailed, locale }
      const { answer, told } = await callAction({ url, action, given, cookie: jar.toHeader() })
      expect(told).toEqual({ ok: true, value: { token: null } })
      jar.take(answer)
      const session = jar.read('bobjool.session-token')
      expect(session && (await verifySession(session))).toMatchObject({ email })
      expect(await accountsOf(email)).toMatchObject([{ confirmed: true }])
    },
  )

  test('the mailed link is sealed by us', async () => {
    await visit(naverProfile({ id: `n${number}`, email }), { provider: 'naver' })
    const mail = await inbox.waitForMail({ recipient: email })
    const [link] = await database.query<{ id: string }>(
      `SELECT l.id FROM account_links l WHERE l.email = $1 AND l.purpose = 'CONFIRM_ADDRESS'`,
      [email],
    )
    expect(mail.text).toContain(signLink({ kind: 'account', id: String(link?.id) }))
  })
})

describe('G19, hard case 20: the provider’s callback is not trusted', () => {
  const back = async (
    change: (query: Record<string, string>) => Record<string, string>,
    jar = new Jar(),
  ) => {
    const url = apps.urlOf()
    const state = (await setOut({ url, jar })).searchParams.get('state') ?? ''
    const code = provider.grant(kakaoProfile({ id: kakaoId, email }))
    const asked = provider.countAsked()
    const came = await comeBack({ url, jar, query: change({ code, state }) })
    return { ...came, asked: provider.countAsked() - asked }
  }

  test('the browser is sent with our client, our callback and a state, and no secret', async () => {
    const there = await setOut({ url: apps.urlOf(), jar: new Jar() })
    expect(there.origin).toBe(provider.url)
    expect(there.searchParams.get('redirect_uri')).toBe(`${apps.urlOf()}/api/auth/callback/kakao`)
    expect(there.searchParams.get('state')).toMatch(/^[\w-]{20,}$/)
    expect(there.href).not.toContain('secret')
    expect(there.searchParams.get('scope')).toBe('')
  })

  test.each<[string, (query: Record<string, string>) => Record<string, string>]>([
    ['another’s state', ({ code }) => ({ code: String(code), state: 'x'.repeat(43) })],
    ['no state', ({ code }) => ({ code: String(code) })],
  ])('%s gets nobody in, and the provider is not even asked', async (_, change) => {
    const { who, asked, location } = await back(change)
    expect(who).toBeNull()
    expect(asked).toBe(0)
    expect(location).toContain('error=OAuthCallback')
    expect(await accountsOf(email)).toEqual([])
  })

  test('a state of another browser signs nobody in', async () => {
    const url = apps.urlOf()
    const state = (await setOut({ url, jar: new Jar() })).searchParams.get('state') ?? ''
    const code = provider.grant(kakaoProfile({ id: kakaoId, email }))
    const came = await comeBack({ url, jar: new Jar(), query: { code, state } })
    expect(came.who).toBeNull()
    expect(await accountsOf(email)).toEqual([])
  })

  test('an invalid or used code signs nobody in', async () => {
    expect((await back(({ state }) => ({ state: String(state), code: 'made-up' }))).who).toBeNull()
    const code = provider.grant(kakaoProfile({ id: kakaoId, email }))
    expect((await visit(null, { code })).who).not.toBeNull()
    expect((await visit(null, { code })).who).toBeNull()
  })

  test('a person who declined at the provider is told so', async () => {
    const { who, location } = await back(({ state }) => ({
      state: String(state),
      error: 'access_denied',
    }))
    expect(who).toBeNull()
    expect(location).toContain('/api/auth/error?error=Callback')
  })

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['an id that is an object', { id: { $ne: 1 } }],
    [
      'no id',
      { kakao_account: { email: 'x@bobjool.test', is_email_valid: true, is_email_verified: true } },
    ],
    ['an id below zero', { id: -1 }],
    ['an error', { code: -401, msg: 'no' }],
  ])('a profile that is %s gets nobody in', async (_, profile) => {
    const { who, location } = await visit(profile)
    expect(who).toBeNull()
    // With no error at all the library gives no code of its own.
    expect(location).toMatch(/error=|\/api\/auth\/signin$/)
  })

  test('hard case 19: names and addresses from the provider are untrusted input', async () => {
    const nickname = `\u202E<script>alert(1)</script>\r\nBcc: all@example.com`
    const named = await visit(kakaoProfile({ id: kakaoId, email, nickname }))
    expect(named.who?.name).toBe('<script>alert(1)</script> Bcc: all@example.com')
    const endless = kakaoProfile({
      id: kakaoId + 500,
      email: `b-${email}`,
      nickname: '가'.repeat(10_000),
    })
    expect((await visit(endless)).who?.name).toBe('손님')
    for (const wrong of ['"a@x"@y', 'a@b@c', `x@y\r\nz: z`, 'x'.repeat(500)])
      expect((await visit(kakaoProfile({ id: kakaoId + 501, email: wrong }))).who).toBeNull()
  })

  test.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)'])(
    'it leads to no other site: %s',
    async (callbackUrl) => {
      const { location } = await visit(kakaoProfile({ id: kakaoId, email }), { callbackUrl })
      expect(new URL(location, apps.urlOf()).origin).toBe(apps.urlOf())
    },
  )
})

describe('connecting a login to an account', () => {
  const connect = (token: string | null, profile: unknown) =>
    visit(profile, {
      jar: new Jar(token === null ? {} : { 'bobjool.session-token': token }),
      callbackUrl: '/account?connect=kakao',
    })

  test('a signed-in person who pressed the button gets it connected', async () => {
    const person = await createPerson()
    const { who, location } = await connect(person.token, kakaoProfile({ id: kakaoId, email }))
    expect(location).toBe('/account?connect=kakao')
    expect(who?.accountId).toBe(person.id)
    expect(await loginsOf(person.id)).toHaveLength(1)
    expect(await noticesOf(person.id)).toEqual([connectedNotice(person.email)])
    expect(await accountsOf(email), 'no second account').toEqual([])
    expect((await visit(kakaoProfile({ id: kakaoId }))).who?.accountId).toBe(person.id)
  })

  test('a login of another account stays with that account', async () => {
    const first = await createPerson()
    await connect(first.token, kakaoProfile({ id: kakaoId }))
    const second = await createPerson()
    const { location } = await connect(second.token, kakaoProfile({ id: kakaoId }))
    expect(location).toBe('/account?connect=kakao&error=login-taken')
    expect(await loginsOf(second.id)).toEqual([])
    expect(await loginsOf(first.id)).toHaveLength(1)
  })

  test('G19: nothing is connected to an account without a session of it', async () => {
    const person = await createPerson()
    await database.query('UPDATE accounts SET session_epoch = 1 WHERE id = $1', [person.id])
    for (const token of [null, person.token]) {
      const { location } = await connect(token, kakaoProfile({ id: kakaoId, email }))
      expect(location).toBe('/account?connect=kakao&error=signed-out')
    }
    expect(await loginsOf(person.id)).toEqual([])
    expect(await accountsOf(email)).toEqual([])
  })

  test('signing in while another account is signed in connects nothing to that account', async () => {
    const person = await createPerson()
    const jar = new Jar({ 'bobjool.session-token': person.token })
    const { who } = await visit(kakaoProfile({ id: kakaoId, email }), { jar })
    expect(who?.email).toBe(email)
    expect(await loginsOf(person.id)).toEqual([])
  })
})

describe('G20: sign-ins through a provider are limited too', () => {
  test('G20: the tries of one person', async () => {
    await createPerson({ email })
    const profile = kakaoProfile({ id: kakaoId, email })
    // On a busy machine Redis answers some too late, and the process counts those apart: twenty and twenty.
    const visits = await Promise.all(Array.from({ length: 50 }, () => visit(profile)))
    const refused = visits.filter(({ location }) => location.includes('error=rate-limited'))
    expect(refused.length).toBeGreaterThanOrEqual(5)
  })
})

describe('without keys', () => {
  let answer: Awaited<ReturnType<typeof setOut>>
  beforeAll(async () => {
    answer = await setOut({ url: without.urlOf(), jar: new Jar() })
  })
  test('no provider is offered', () => {
    expect(answer.origin).toBe(without.urlOf())
  })
})
