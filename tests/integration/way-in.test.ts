import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { enterByCode } from '@/domain/identity/code.commands'
import { judgeOwnPassword } from '@/domain/identity/commands'
import { nameMailbox } from '@/domain/identity/guess.commands'
import { requestLink } from '@/domain/identity/link-request.commands'
import { signInByLink } from '@/domain/identity/link-visit.commands'
import { signInByPasskey } from '@/domain/identity/passkey-entry.commands'
import type { DeviceOf } from '@/lib/http/sealed-cookie'
import { closeMail } from '@/lib/mail/mail'
import { askRedis } from '@/lib/redis/redis'
import { keyOfTries } from '@/lib/redis/tries'
import { useDatabase } from '../support/database'
import { countOf, createCheapAccounts, RIGHT, visit, visitOften, WRONG } from '../support/guessing'
import { ask, askForMail } from '../support/link-requests'
import { askToSignIn, createHolder } from '../support/passkeys'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
afterAll(closeMail)

/** A browser on which this account has signed in before. */
const browserOf = (email: string, id: string = randomUUID()): DeviceOf => {
  return (asked) => (asked === email ? id : null)
}
const otherAccounts = browserOf('somebody-else@bobjool.test')

beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
  // After a fault the client leaves Redis alone for a moment.
  await expect.poll(() => askRedis((redis) => redis.ping())).not.toBeNull()
})
const setUp = async () => {
  const [account] = await createCheapAccounts(1)
  if (!account) throw new Error('one was asked for')
  return account
}
const freshAddress = () => `2001:db8:${randomUUID().slice(0, 4)}:1::/64`

describe.each(['answering', 'away'] as const)('G20: the way in, Redis %s', (state) => {
  beforeEach(async () => {
    if (state === 'away') await gateway.setFault({ kind: 'error-500' })
  })

  test('ten wrong passwords from elsewhere don’t shut out the browser that signed in before', async () => {
    const { email } = await setUp()
    expect(countOf(await visitOften(10, { email, password: WRONG }), 'wrong-credentials')).toBe(10)
    expect(await visit({ email, password: RIGHT, deviceOf: browserOf(email) })).toBe('in')
    // Control: a browser that has not, or on which others did, is refused.
    expect(await visit({ email, password: RIGHT })).toBe('rate-limited')
    expect(await visit({ email, password: RIGHT, deviceOf: otherAccounts })).toBe('rate-limited')
  })

  test('nor does that browser guess for ever, and another one is not shut by it', async () => {
    const { email } = await setUp()
    const deviceOf = browserOf(email)
    const outcomes = await visitOften(12, { email, password: WRONG, deviceOf })
    expect(countOf(outcomes, 'wrong-credentials')).toBe(10)
    expect(await visit({ email, password: RIGHT, deviceOf })).toBe('rate-limited')
    expect(await visit({ email, password: RIGHT, deviceOf: browserOf(email) })).toBe('in')
    expect(await visit({ email, password: RIGHT })).toBe('in')
  })

  test('right passwords don’t count, also between wrong ones', async () => {
    const { email } = await setUp()
    expect(countOf(await visitOften(30, { email, password: RIGHT }), 'in')).toBe(30)
    expect(await visitOften(9, { email, password: WRONG })).not.toContain('rate-limited')
    expect(countOf(await visitOften(5, { email, password: RIGHT }), 'in')).toBe(5)
    expect(await visit({ email, password: WRONG })).toBe('wrong-credentials')
    expect(await visit({ email, password: WRONG })).toBe('rate-limited')
  })

  test('of forty guesses at the same instant ten are judged', async () => {
    const { email } = await setUp()
    const guesses = Array.from({ length: 40 }, () => visit({ email, password: WRONG }))
    const outcomes = await Promise.all(guesses)
    expect(countOf(outcomes, 'wrong-credentials')).toBe(10)
    expect(countOf(outcomes, 'rate-limited')).toBe(30)
  })

  test('guesses that others make don’t keep a signed-in person from proving themselves', async () => {
    const { id: accountId, email } = await setUp()
    await visitOften(11, { email, password: WRONG })
    expect(await judgeOwnPassword({ accountId, password: RIGHT })).toMatchObject({ ok: true })
    for (let tries = 0; tries < 10; tries += 1) await judgeOwnPassword({ accountId, password: 'x' })
    expect(await judgeOwnPassword({ accountId, password: RIGHT })).toMatchObject({
      reason: 'rate-limited',
    })
  })

  test('five mails that others ask for leave the browser its own five', async () => {
    const { email } = await setUp()
    const mail = async (deviceOf?: DeviceOf) => {
      const given = { email, purpose: 'SIGN_IN' as const, asking: ask(), address: null }
      const asked = await requestLink({ ...given, ...(deviceOf && { deviceOf }) })
      return asked.ok ? 'mailed' : asked.reason
    }
    for (let mails = 0; mails < 5; mails += 1) expect(await mail()).toBe('mailed')
    expect(await mail(), 'control').toBe('rate-limited')
    const own = browserOf(email)
    for (let mails = 0; mails < 5; mails += 1) expect(await mail(own)).toBe('mailed')
    expect(await mail(own)).toBe('rate-limited')
  })
})

/** As if every mail had been asked for that many minutes earlier. */
async function ageMails({ subject, minutes }: { subject: string; minutes: number }) {
  const key = keyOfTries(subject)
  const tries = await askRedis((redis) => redis.zrange<string[]>(key, 0, -1))
  for (const member of tries?.answer ?? [])
    await askRedis((redis) => redis.zincrby(key, -minutes * 60_000, member))
  await database.query(
    `UPDATE account_links SET created_at = created_at - $1 * interval '1 minute',
                              expires_at = expires_at - $1 * interval '1 minute'`,
    [minutes],
  )
}

describe('G20: an owner on a new browser, while strangers use up guesses and mails', () => {
  const purposes = [
    ['SIGN_IN', 15],
    ['RESET_PASSWORD', 30],
  ] as const

  test.each(purposes)(
    'who is refused a mail (%s) has one whose link works',
    async (purpose, life) => {
      const { email } = await setUp()
      const subject = `mail-link:mailbox:${purpose} ${nameMailbox(email)}`
      const mail = () => requestLink({ email, purpose, asking: ask(), address: null })
      const countOpen = async () => {
        const open = await database.query(
          'SELECT 1 FROM account_links WHERE purpose = $1 AND used_at IS NULL AND expires_at > now()',
          [purpose],
        )
        return open.length
      }
      for (let mails = 0; mails < 5; mails += 1) expect((await mail()).ok).toBe(true)
      expect(await mail()).toMatchObject({ reason: 'rate-limited' })
      expect(await countOpen()).toBe(1)
      await ageMails({ subject, minutes: life - 1 })
      expect(await mail()).toMatchObject({ reason: 'rate-limited' })
      expect(await countOpen()).toBe(1)
      await ageMails({ subject, minutes: 2 })
      expect(await countOpen(), 'control: the link is over').toBe(0)
      expect((await mail()).ok).toBe(true)
      expect(await countOpen()).toBe(1)
    },
  )

  test('the newest mail that strangers asked for opens the account, though its passwords are used up', async () => {
    const { email } = await setUp()
    await fill(`sign-in:account:${nameMailbox(email)}:day`, 100)
    for (let mails = 0; mails < 4; mails += 1) await askForMail({ email })
    const { token } = await askForMail({ email })
    expect(await visit({ email, password: RIGHT }), 'control').toBe('rate-limited')
    const refused = requestLink({ email, purpose: 'SIGN_IN', asking: ask(), address: null })
    expect(await refused, 'control').toMatchObject({ reason: 'rate-limited' })
    expect(await signInByLink({ token: token ?? '', address: null })).toMatchObject({ ok: true })
  })

  test('a passkey opens the account in a new browser, whatever others guessed', async () => {
    const { account, authenticator, browserId } = await createHolder()
    const { email } = account
    for (const day of ['', ':day']) await fill(`sign-in:account:${nameMailbox(email)}${day}`, 100)
    await fill(`code:mailbox:${nameMailbox(email)}`, 30)
    expect(await visit({ email, password: RIGHT }), 'control').toBe('rate-limited')
    const answer = authenticator.use(await askToSignIn(browserId))
    const entered = await signInByPasskey({ browserId, answer, address: freshAddress() })
    expect(entered).toMatchObject({ ok: true, value: { accountId: account.id } })
  })
})

/** Redis holds that many tries of a limit, which count for another hour. */
async function fill(subject: string, count: number): Promise<void> {
  const until = Date.now() + 3_600_000
  for (let tries = 0; tries < count; tries += 1)
    await askRedis((redis) =>
      redis.zadd(keyOfTries(subject), { score: until, member: randomUUID() }),
    )
}

describe('G20: guesses of a day', () => {
  test('a hundred end guessing an account, but not its own browser', async () => {
    const { email } = await setUp()
    await fill(`sign-in:account:${nameMailbox(email)}:day`, 99)
    expect(await visit({ email, password: WRONG })).toBe('wrong-credentials')
    expect(await visit({ email, password: RIGHT })).toBe('rate-limited')
    expect(await visit({ email, password: RIGHT, deviceOf: browserOf(email) })).toBe('in')
  })

  test('thirty wrong codes end guessing a mailbox’s codes, but not its own browser; right ones don’t count', async () => {
    const { email } = await setUp()
    const enter = async (deviceOf?: DeviceOf) => {
      const { requestId, code } = await askForMail({ email })
      const given = { requestId, code, signUpId: null, address: null }
      const entered = await enterByCode({ ...given, ...(deviceOf && { deviceOf }) })
      return entered.ok ? 'in' : entered.reason
    }
    await fill(`code:mailbox:${nameMailbox(email)}`, 29)
    for (let times = 0; times < 2; times += 1) expect(await enter()).toBe('in')
    await fill(`code:mailbox:${nameMailbox(email)}`, 1)
    expect(await enter(), 'control').toBe('rate-limited')
    expect(await enter(browserOf(email))).toBe('in')
  })
})

describe('G20: a restaurant’s network on an opening day', () => {
  /** Some at a time, as a network lets them through. */
  async function visitInTurns(visits: (() => Promise<string>)[]): Promise<string[]> {
    const outcomes: string[] = []
    for (let first = 0; first < visits.length; first += 20) {
      const some = visits.slice(first, first + 20)
      outcomes.push(...(await Promise.all(some.map((begin) => begin()))))
    }
    return outcomes
  }

  test('three hundred sign in from one address within a minute, every tenth after a slip', async () => {
    const address = freshAddress()
    const people = await createCheapAccounts(300)
    const visits = people.map(({ email }, index) => async () => {
      if (index % 10 === 0) await visit({ email, password: WRONG, address })
      return visit({ email, password: RIGHT, address })
    })
    expect(countOf(await visitInTurns(visits), 'in')).toBe(300)
  })

  test('eighty accounts guessed from one address at the same instant: as many as may wait are judged, then none', async () => {
    const address = freshAddress()
    const people = await createCheapAccounts(81)
    const last = people[80]?.email ?? ''
    const guesses = people
      .slice(0, 80)
      .map(({ email }) => visit({ email, password: WRONG, address }))
    const outcomes = await Promise.all(guesses)
    expect(countOf(outcomes, 'rate-limited')).toBe(20)
    // Of the other sixty, one password is hashed and thirty wait; on more processors two are.
    expect(countOf(outcomes, 'busy')).toBeGreaterThanOrEqual(28)
    expect(countOf(outcomes, 'wrong-credentials')).toBe(60 - countOf(outcomes, 'busy'))
    expect(await visit({ email: last, password: RIGHT, address })).toBe('rate-limited')
  })

  test('twenty accounts guessed from one address: the last are refused, even with the right password', async () => {
    const address = freshAddress()
    const people = await createCheapAccounts(21)
    const last = people[20]?.email ?? ''
    const outcomes: string[] = []
    for (const { email } of people.slice(0, 20))
      outcomes.push(await visit({ email, password: WRONG, address }))
    expect(countOf(outcomes, 'wrong-credentials')).toBe(15)
    expect(countOf(outcomes, 'rate-limited')).toBe(5)
    expect(await visit({ email: last, password: RIGHT, address })).toBe('rate-limited')
    // A browser that signed in before is not held to account for its neighbours.
    expect(await visit({ email: last, password: RIGHT, address, deviceOf: browserOf(last) })).toBe(
      'in',
    )
    // Control: from elsewhere, and without an address that the platform vouches for.
    expect(await visit({ email: last, password: RIGHT, address: freshAddress() })).toBe('in')
    expect(await visit({ email: last, password: RIGHT })).toBe('in')
  })
})
