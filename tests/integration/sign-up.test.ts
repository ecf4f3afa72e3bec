import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { signIn } from '@/domain/identity/commands'
import { requestLink } from '@/domain/identity/link-request.commands'
import { confirmAddress, signInByLink } from '@/domain/identity/link-visit.commands'
import { choosePassword } from '@/domain/identity/password.commands'
import { findLiveSession } from '@/domain/identity/session.queries'
import { signUp } from '@/domain/identity/sign-up.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { AGREED } from '../support/agreement'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { ask } from '../support/link-requests'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()
afterAll(closeMail)
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
  inbox.clear()
})

const PASSWORD = 'a long enough one'
const address: string | null = null
const browser = { browser: 'CHROME', system: 'MAC' } as const
const freshEmail = () => `${randomUUID()}@bobjool.test`
const wish = (change: Partial<Parameters<typeof signUp>[0]> = {}) => ({
  email: freshEmail(),
  password: PASSWORD,
  name: '새손님',
  wants: 'DINER' as const,
  ...AGREED,
  locale: 'ko' as const,
  asking: ask(),
  address,
  ...change,
})

async function signUpAs(change: Partial<Parameters<typeof signUp>[0]> = {}) {
  const asked = wish(change)
  const answer = await signUp(asked)
  if (!answer.ok) throw new Error(`not signed up: ${answer.reason}`)
  return { ...asked, signUpId: answer.value.signUpId }
}

/** The newest mail to an address, and the token of its link. */
async function openMail(email: string, count = 1) {
  await drainOutbox()
  const [mail] = await inbox.waitForMails({ recipient: email, count })
  return { subject: mail?.subject, token: /\/links\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '' }
}

const readAccounts = () =>
  database.query<{ name: string; role: string; phone: string | null; isConfirmed: boolean }>(
    `SELECT name, role::text, phone, email_confirmed_at IS NOT NULL AS "isConfirmed" FROM accounts`,
  )
const tryPassword = async (email: string, password: string) =>
  (await signIn({ credentials: { email, password }, address, browser })).ok

describe('G19: signing up', () => {
  test('G19: makes an unconfirmed account, which the mailed link confirms', async () => {
    const { email, signUpId } = await signUpAs({ phone: '010-1234-5678' })
    expect(await readAccounts()).toEqual([
      { name: '새손님', role: 'DINER', phone: '+821012345678', isConfirmed: false },
    ])
    const { token } = await openMail(email)
    expect(await confirmAddress({ token, signUpId, address })).toMatchObject({
      ok: true,
      value: { email, role: 'DINER' },
    })
    expect(await readAccounts()).toMatchObject([{ isConfirmed: true }])
    expect(await tryPassword(email, PASSWORD)).toBe(true)
  })

  test('G19: an owner waits for an admin', async () => {
    await signUpAs({ wants: 'OWNER' })
    expect(
      await database.query('SELECT role::text, owner_approved_at AS approved FROM accounts'),
    ).toEqual([{ role: 'OWNER', approved: null }])
  })

  test('G19: twenty sign-ups at once for one address make one account', async () => {
    const email = freshEmail()
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(wish({ email }))))
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(5)
    for (const answer of answers) if (!answer.ok) expect(answer.reason).toBe('rate-limited')
    expect(await readAccounts()).toHaveLength(1)
    const open = await database.query(
      'SELECT FROM account_links WHERE used_at IS NULL AND expires_at > now()',
    )
    expect(open).toHaveLength(1)
  })

  test('G19: only the mailbox learns that an address is known', async () => {
    const known = await createAccount(pool, { name: '원래손님' })
    const before = await readAccounts()
    const told = await signUp(wish({ email: known.email, name: '다른이름', wants: 'OWNER' }))
    const unknown = await signUp(wish())
    const shape = (answer: typeof told) => JSON.stringify(answer).replace(/[0-9a-f-]{36}/, 'ID')
    expect(shape(told)).toBe(shape(unknown))
    expect((await readAccounts()).find(({ name }) => name === '원래손님')).toEqual(before[0])
    expect(await tryPassword(known.email, PASSWORD)).toBe(false)
    expect((await openMail(known.email)).subject).toContain('이미 가입한 주소')
  })

  test('G20: a known mailbox gets at most three such mails a day', async () => {
    const { email } = await createAccount(pool)
    for (let tries = 0; tries < 5; tries++) await signUp(wish({ email }))
    expect(await database.query('SELECT FROM notices')).toHaveLength(3)
  })

  test('G20: the sixth within an hour is told when to come back, known or not', async () => {
    const { email } = await createAccount(pool)
    for (const one of [email, freshEmail()]) {
      const answers: Awaited<ReturnType<typeof signUp>>[] = []
      for (let tries = 0; tries < 6; tries++) answers.push(await signUp(wish({ email: one })))
      expect(answers.at(-1)).toMatchObject({ reason: 'rate-limited' })
      expect(answers.filter(({ ok }) => ok)).toHaveLength(5)
    }
  })
})

describe('G19: the owner of the mailbox chooses the password', () => {
  const THEIRS = 'what the stranger knows'
  const MINE = 'what the owner chose'

  test('G19: a stranger who signed up first is locked out once the owner confirms', async () => {
    const email = freshEmail()
    await signUpAs({ email, password: THEIRS })
    const stranger = await signIn({ credentials: { email, password: THEIRS }, address, browser })
    if (!stranger.ok) throw new Error('an unconfirmed account can be signed in to')
    const mine = await signUpAs({ email, password: MINE })
    const { token } = await openMail(email, 2)
    // The second sign-up made no account: the person who opens the link sets the password.
    expect(await confirmAddress({ token, signUpId: mine.signUpId, address })).toMatchObject({
      reason: 'password-needed',
    })
    // The stranger agreed, but the person who reads the mail has not.
    expect(await choosePassword({ token, password: MINE, address })).toMatchObject({
      reason: 'terms-needed',
    })
    expect(
      await choosePassword({ token, password: MINE, agreement: AGREED, address }),
    ).toMatchObject({ ok: true })
    expect(await tryPassword(email, THEIRS)).toBe(false)
    expect(await tryPassword(email, MINE)).toBe(true)
    expect(await findLiveSession(stranger.value)).toBeNull()
  })

  test('G19: a stranger who signs up later changes nothing', async () => {
    const mine = await signUpAs({ password: MINE })
    const { email, signUpId } = mine
    await signUpAs({ email, password: THEIRS, name: '낯선이', wants: 'OWNER' })
    const { token } = await openMail(email, 2)
    expect(await confirmAddress({ token, signUpId, address })).toMatchObject({ ok: true })
    expect(await tryPassword(email, THEIRS)).toBe(false)
    expect(await tryPassword(email, MINE)).toBe(true)
    expect(await readAccounts()).toMatchObject([{ name: '새손님', role: 'DINER' }])
  })

  test('G19: a sign-in link is no way round: an unconfirmed account is mailed the sign-up link', async () => {
    const { email } = await signUpAs({ password: THEIRS })
    await requestLink({ email, purpose: 'SIGN_IN', asking: ask(), address })
    const { token } = await openMail(email, 2)
    expect(await signInByLink({ token, address })).toMatchObject({ reason: 'link-unknown' })
    expect(await confirmAddress({ token, signUpId: null, address })).toMatchObject({
      reason: 'password-needed',
    })
  })

  test('G19: logins that a stranger had connected before are taken away', async () => {
    const { email } = await signUpAs({ password: THEIRS })
    await database.query(
      `INSERT INTO external_logins (provider, subject, account_id) SELECT 'kakao', 'stranger', id FROM accounts`,
    )
    const { token } = await openMail(email)
    await choosePassword({ token, password: MINE, agreement: AGREED, address })
    expect(await database.query('SELECT FROM external_logins')).toEqual([])
  })
})

describe('G19: a forgotten password', () => {
  test('G19: a new one ends every session and every other link, and is mailed to the owner', async () => {
    const { email } = await createAccount(pool, { password: PASSWORD })
    const session = await signIn({ credentials: { email, password: PASSWORD }, address, browser })
    if (!session.ok) throw new Error('not signed in')
    await requestLink({ email, purpose: 'SIGN_IN', asking: ask(), address })
    const other = (await openMail(email)).token
    await requestLink({ email, purpose: 'RESET_PASSWORD', asking: ask(), address })
    const { token } = await openMail(email, 2)
    for (const password of [email, email.split('@')[0] ?? ''])
      expect(await choosePassword({ token, password, address })).toMatchObject({
        reason: 'invalid',
      })
    const chosen = await choosePassword({ token, password: 'quite another one', address })
    if (!chosen.ok) throw new Error('a refusal has to leave the link as it was')
    expect(await findLiveSession(session.value)).toBeNull()
    expect(await findLiveSession({ ...chosen.value, sessionId: null })).toMatchObject({ email })
    expect(await tryPassword(email, PASSWORD)).toBe(false)
    expect(await signInByLink({ token: other, address })).toMatchObject({ reason: 'link-expired' })
    expect((await openMail(email, 3)).subject).toContain('비밀번호가 바뀌었어요')
  })

  test('G19: of many new ones at once, one is set', async () => {
    const { email } = await createAccount(pool)
    await requestLink({ email, purpose: 'RESET_PASSWORD', asking: ask(), address })
    const { token } = await openMail(email)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        choosePassword({ token, password: `the password ${index}`, address }),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const winner = answers.findIndex(({ ok }) => ok)
    expect(await tryPassword(email, `the password ${winner}`)).toBe(true)
  })

  test('G19, G20: asking reveals nothing, mails no unknown address, and is limited alike', async () => {
    const { email } = await createAccount(pool)
    const outcomes = async (one: string) => {
      const answers: Awaited<ReturnType<typeof requestLink>>[] = []
      for (let tries = 0; tries < 6; tries++)
        answers.push(
          await requestLink({ email: one, purpose: 'RESET_PASSWORD', asking: ask(), address }),
        )
      return answers.map((answer) => (answer.ok ? 'ok' : answer.reason))
    }
    expect(await outcomes(freshEmail())).toEqual(await outcomes(email))
    expect(await database.query('SELECT FROM notices WHERE recipient <> $1', [email])).toEqual([])
    expect(await database.query('SELECT FROM notices')).toHaveLength(5)
  })

  test('G20: tries with one link are limited', async () => {
    const { email } = await createAccount(pool)
    await requestLink({ email, purpose: 'SIGN_IN', asking: ask(), address })
    const { token } = await openMail(email)
    const reasons: string[] = []
    for (let tries = 0; tries < 24; tries++) {
      const answer = await signInByLink({ token, address })
      reasons.push(answer.ok ? 'ok' : answer.reason)
    }
    expect(reasons[0]).toBe('ok')
    expect(reasons.at(-1)).toBe('rate-limited')
  })
})
