import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetOverdue } from '@/domain/admin/retention.commands'
import { enterByCode } from '@/domain/identity/code.commands'
import { codeForm } from '@/domain/identity/link.schema'
import { renewLink } from '@/domain/identity/link-request.commands'
import { confirmAddress, signInByLink } from '@/domain/identity/link-visit.commands'
import { findErrand, findOwnRequest } from '@/domain/identity/queries'
import { signUp } from '@/domain/identity/sign-up.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { signLink } from '@/lib/crypto/link-token'
import { makeCode } from '@/lib/crypto/mailed-code'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { ageLinks } from '../support/account-links'
import { AGREED } from '../support/agreement'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { ageRequests, ask, askForMail, readRequest, wrongCodeOf } from '../support/link-requests'
import { useGateway } from '../support/stack-gateway'
import { takeCodeTryWithoutLock } from '../support/unprotected-code'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()
afterAll(closeMail)
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
  inbox.clear()
})

const enter = (given: { requestId: string; code: string; signUpId?: string | null }) =>
  enterByCode({ signUpId: null, address: null, ...given })
const nameAnswer = (answer: Awaited<ReturnType<typeof enter>>) => (answer.ok ? 'in' : answer.reason)
const confirmed = () => createAccount(pool)

describe('the code beside a mailed link', () => {
  test('stands in the mail, and signs in the browser that asked', async () => {
    const account = await confirmed()
    const { requestId, code, token } = await askForMail({ email: account.email })
    await drainOutbox()
    const mail = await inbox.waitForMail({ recipient: account.email })
    expect(mail.text).toContain(code)
    expect(mail.text).toContain(`/links/${token}`)
    expect(mail.text).toContain('삼성 인터넷 · Android')
    expect(mail.text).toContain('아무에게도 알려 주지 마세요')
    expect(await enter({ requestId, code })).toMatchObject({
      ok: true,
      value: { claims: { accountId: account.id } },
    })
  })

  test('is kept in no row, notice or event', async () => {
    const { email } = await confirmed()
    const { requestId, code } = await askForMail({ email })
    await enter({ requestId, code: wrongCodeOf(requestId) })
    await drainOutbox()
    const rows = await Promise.all(
      ['link_requests', 'account_links', 'notices', 'audit_events'].map((table) =>
        database.query(`SELECT * FROM ${table}`),
      ),
    )
    expect(JSON.stringify(rows)).not.toContain(code)
  })

  test('and its link are one: each is used up by the other', async () => {
    const { email } = await confirmed()
    const first = await askForMail({ email })
    expect(nameAnswer(await enter(first))).toBe('in')
    expect(await signInByLink({ token: first.token ?? '', address: null })).toMatchObject({
      reason: 'link-used',
    })
    expect(nameAnswer(await enter(first))).toBe('code-used')
    const second = await askForMail({ email })
    expect((await signInByLink({ token: second.token ?? '', address: null })).ok).toBe(true)
    expect(nameAnswer(await enter(second))).toBe('link-used')
  })

  test('of twenty uses at once one signs in', async () => {
    const { email } = await confirmed()
    const request = await askForMail({ email })
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(request)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  })

  test('of fifty tries at once at most five count, by the database', async () => {
    const { email } = await confirmed()
    const { requestId } = await askForMail({ email })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => enter({ requestId, code: wrongCodeOf(requestId) })),
    )
    expect(answers.filter((answer) => nameAnswer(answer) === 'code-wrong')).toHaveLength(4)
    expect(answers.filter((answer) => nameAnswer(answer) === 'code-tries')).not.toHaveLength(0)
    expect(await readRequest(requestId)).toMatchObject({ codeTries: 5 })
  })

  test('control: without the lock more than five are judged', async () => {
    const { email } = await confirmed()
    const { requestId } = await askForMail({ email })
    const judged = await Promise.all(
      Array.from({ length: 50 }, () => takeCodeTryWithoutLock({ requestId, code: '000000' })),
    )
    expect(judged.filter(Boolean).length).toBeGreaterThan(5)
  })

  test('says how many tries are left, and the link still works after the last', async () => {
    const { email } = await confirmed()
    const { requestId, code, token } = await askForMail({ email })
    const wrong = { requestId, code: wrongCodeOf(requestId) }
    for (const triesLeft of [4, 3, 2, 1])
      expect(await enter(wrong)).toMatchObject({ reason: 'code-wrong', details: { triesLeft } })
    expect(nameAnswer(await enter(wrong))).toBe('code-tries')
    expect(nameAnswer(await enter({ requestId, code }))).toBe('code-tries')
    expect((await signInByLink({ token: token ?? '', address: null })).ok).toBe(true)
  })

  test('works for ten minutes by the database’s clock', async () => {
    const { email } = await confirmed()
    const early = await askForMail({ email })
    await ageRequests(9)
    expect(nameAnswer(await enter(early))).toBe('in')
    const late = await askForMail({ email })
    await ageRequests(10)
    expect(nameAnswer(await enter(late))).toBe('code-over')
  })

  test('works only with its own request: another’s code is wrong', async () => {
    const { email } = await confirmed()
    const first = await askForMail({ email: (await confirmed()).email })
    const second = await askForMail({ email })
    const crossed = { requestId: second.requestId, code: first.code }
    if (first.code !== second.code) expect(nameAnswer(await enter(crossed))).toBe('code-wrong')
    const unknown = { requestId: randomUUID(), code: second.code }
    expect(nameAnswer(await enter(unknown))).toBe('request-unknown')
  })

  test('of an older mail opens nothing once a newer one was sent', async () => {
    const { email } = await confirmed()
    const older = await askForMail({ email })
    await askForMail({ email })
    expect(nameAnswer(await enter(older))).toBe('link-expired')
  })

  test('reveals nothing of an address without an account', async () => {
    const unknown = await askForMail({ email: 'nobody@bobjool.test' })
    const known = await askForMail({ email: (await confirmed()).email })
    for (const { requestId, wrongCode } of [unknown, known]) {
      expect(await findOwnRequest(requestId)).toMatchObject({ state: 'waiting' })
      for (const triesLeft of [4, 3, 2, 1])
        expect(await enter({ requestId, code: wrongCode })).toMatchObject({
          reason: 'code-wrong',
          details: { triesLeft },
        })
      expect(nameAnswer(await enter({ requestId, code: wrongCode }))).toBe('code-tries')
    }
    const another = await askForMail({ email: 'nobody@bobjool.test' })
    expect(nameAnswer(await enter(another)), 'not even the right one').toBe('code-wrong')
    await ageRequests(15)
    await ageLinks(15)
    for (const { requestId } of [unknown, known])
      expect(await findOwnRequest(requestId)).toMatchObject({ state: 'over' })
  })

  test('of a mailbox is tried at most 30 times a day, however many mails are asked for', async () => {
    const { email } = await confirmed()
    const reasons: string[] = []
    for (let mails = 0; mails < 7; mails++) {
      const asking = ask()
      const purpose = mails < 4 ? 'SIGN_IN' : 'RESET_PASSWORD'
      const { requestId, wrongCode } = await askForMail({ email, purpose, asking })
      for (let tries = 0; tries < 5; tries++)
        reasons.push(nameAnswer(await enter({ requestId, code: wrongCode })))
    }
    expect(reasons.slice(0, 30)).not.toContain('rate-limited')
    expect(new Set(reasons.slice(30))).toEqual(new Set(['rate-limited']))
  })
})

describe('the code of a sign-up', () => {
  const person = {
    password: 'a long enough one',
    name: '새손님',
    wants: 'DINER' as const,
    ...AGREED,
  }
  const signUpAs = async (email: string) => {
    const asking = ask()
    const signedUp = await signUp({ ...person, email, locale: 'ko', asking, address: null })
    if (!signedUp.ok) throw new Error(signedUp.reason)
    const { requestId } = asking
    const code = makeCode({ kind: 'link-request', id: requestId })
    return { requestId, code, signUpId: signedUp.value.signUpId }
  }

  test('confirms the address and signs in the browser that signed up', async () => {
    const { requestId, code, signUpId } = await signUpAs('code@bobjool.test')
    expect(await enter({ requestId, code, signUpId })).toMatchObject({
      ok: true,
      value: { claims: { email: 'code@bobjool.test' } },
    })
    const [account] = await database.query<{ isConfirmed: boolean }>(
      `SELECT email_confirmed_at IS NOT NULL AS "isConfirmed" FROM accounts`,
    )
    expect(account?.isConfirmed).toBe(true)
  })

  test('in another browser than the one of the sign-up opens the choice of a password', async () => {
    await signUpAs('mine@bobjool.test')
    const { requestId, code, token } = await askForMail({ email: 'mine@bobjool.test' })
    expect(await enter({ requestId, code })).toEqual({ ok: true, value: { token } })
    expect(
      await confirmAddress({ token: token ?? '', signUpId: null, address: null }),
    ).toMatchObject({ reason: 'password-needed' })
  })

  test('tells its browser that the address was confirmed elsewhere, and gives it no session', async () => {
    const { requestId } = await signUpAs('elsewhere@bobjool.test')
    const { linkId } = await readRequest(requestId)
    expect(await findOwnRequest(requestId)).toMatchObject({ state: 'waiting' })
    await database.query('UPDATE account_links SET used_at = now() WHERE id = $1', [linkId])
    expect(await findOwnRequest(requestId)).toMatchObject({ state: 'confirmed' })
    expect(await findOwnRequest(requestId)).not.toHaveProperty('claims')
  })
})

describe('the code of a forgotten password', () => {
  test('opens the link on which its reader chooses the password, once', async () => {
    const { email } = await confirmed()
    const request = await askForMail({ email, purpose: 'RESET_PASSWORD' })
    expect(await enter(request)).toEqual({ ok: true, value: { token: request.token } })
    expect(nameAnswer(await enter(request))).toBe('code-used')
  })
})

describe('hostile codes', () => {
  const read = (code: unknown) => codeForm.safeParse({ code }).data?.code

  test.each([
    ['spaces', ' 048 213 '],
    ['a no-break space', '048\u00a0213'],
    ['a dash', '048-213'],
    ['an en dash', '048–213'],
    ['full-width digits', '０４８２１３'],
    ['an invisible mark pasted along', '\u200b048213\u2060'],
    ['a line break', '048213\n'],
  ])('%s are read as meant', (_, given) => {
    expect(read(given)).toBe('048213')
  })

  test.each([
    ['too few', '48213'],
    ['too many', '0482133'],
    ['letters', '04821O'],
    ['a sign', '-48213'],
    ['a fraction', '4821.3'],
    ['an exponent', '1e5000'],
    ['nothing', ''],
    ['a number', 48_213],
    ['a list', ['048213']],
    ['a whole book', '1'.repeat(5_000)],
  ])('%s are refused before they count as a try', (_, given) => {
    expect(read(given)).toBeUndefined()
  })
})

describe('where a mail leads', () => {
  const texts = { [`note:${randomUUID()}`]: '창가 자리면 좋겠어요.\n생일이에요!' }
  const returnPath =
    '/en/restaurants/friday?party=3&date=2026-12-24&time=2026-12-24T10%3A00%3A00.000Z'

  test('is the choice of its own request, not that of another', async () => {
    const { email } = await confirmed()
    const first = await askForMail({ email, asking: ask({ returnPath, texts }) })
    const second = await askForMail({ email, asking: ask({ returnPath: '/tickets/x' }) })
    expect(await findErrand(first.token ?? '')).toEqual({ returnPath, texts })
    expect(await findErrand(second.token ?? '')).toEqual({ returnPath: '/tickets/x', texts: {} })
  })

  test('stays the same when an expired link is asked for anew', async () => {
    const { email } = await confirmed()
    const old = await askForMail({ email, asking: ask({ returnPath, texts }) })
    await ageLinks(15)
    const browser = { browser: 'CHROME', system: 'MAC' } as const
    const renewed = await renewLink({
      token: old.token ?? '',
      browser,
      otherwise: '/start',
      address: null,
    })
    if (!renewed.ok) throw new Error('no new mail')
    const { linkId } = await readRequest(renewed.value.requestId)
    expect(await findErrand(signLink({ kind: 'account', id: linkId ?? '' }))).toEqual({
      returnPath,
      texts,
    })
  })

  test('forgets what was typed an hour after the link is over, and all of it a day later', async () => {
    const { email } = await confirmed()
    const { requestId } = await askForMail({ email, asking: ask({ returnPath, texts }) })
    const nobody = await askForMail({ email: 'nobody@bobjool.test', asking: ask({ texts }) })
    await forgetOverdue('link-requests')
    const readTexts = () => database.query('SELECT texts FROM link_requests')
    expect(await readTexts()).toEqual([{ texts }, { texts }])
    await ageLinks(15 + 61)
    await ageRequests(10 + 61)
    await forgetOverdue('link-requests')
    expect(await readTexts()).toEqual([{ texts: {} }, { texts: {} }])
    await ageLinks(24 * 60)
    await ageRequests(24 * 60)
    expect(await forgetOverdue('link-requests')).toEqual({ forgotten: 2 })
    expect(await findOwnRequest(requestId)).toBeNull()
    expect(await findOwnRequest(nobody.requestId)).toBeNull()
  })
})
