import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { admitBooking } from '@/domain/booking/admission.commands'
import { signIn } from '@/domain/identity/commands'
import { nameMailbox } from '@/domain/identity/guess.commands'
import { requestLink } from '@/domain/identity/link-request.commands'
import { signUp } from '@/domain/identity/sign-up.commands'
import { admitTo } from '@/domain/opening/turn.commands'
import { readTrustedAddress } from '@/lib/http/session'
import { closeMail } from '@/lib/mail/mail'
import { takeLocally } from '@/lib/redis/local-limit'
import { takeTriesLocally } from '@/lib/redis/local-tries'
import { askRedis as askOurs } from '@/lib/redis/redis'
import { keyOfTries } from '@/lib/redis/tries'
import { AGREED } from '../support/agreement'
import { useDatabase } from '../support/database'
import { ask } from '../support/link-requests'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
afterAll(closeMail)
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
  // After a fault the client leaves Redis alone for a moment.
  await expect.poll(() => askOurs((redis) => redis.ping())).not.toBeNull()
})

type Window = { tries: number; windowMs: number }
/** At most that many tries that have not turned out right. */
type Open = { open: number }
type Kind = Window | Open | 'PACED'

interface Door {
  /** The names under which Redis keeps the limits of an account and of a network address. */
  subjectOf: { account: (account: string) => string; address: (address: string) => string }
  /** Counted per window, or paced by Redis' clock. */
  limits: Record<'account' | 'address', Kind>
  /** One try. `account` is an id or the name of a mailbox. */
  knock: (given: { account: string; address: string | null }) => Promise<{
    ok: boolean
    reason?: string
  }>
}

const HOUR_MS = 3_600_000
const mailboxOf = (account: string) => `${account}@bobjool.test`
const doors: Record<string, Door> = {
  'signing in': {
    subjectOf: {
      account: (account) => `sign-in:account:${nameMailbox(mailboxOf(account))}`,
      address: (address) => `sign-in:address:${address}`,
    },
    limits: { account: { open: 10 }, address: { open: 15 } },
    knock: ({ account, address }) =>
      signIn({
        credentials: { email: mailboxOf(account), password: 'a-guess' },
        address,
        browser: { browser: 'CHROME', system: 'MAC' },
      }),
  },
  'signing up': {
    subjectOf: {
      account: (account) => `sign-up:account:${mailboxOf(account)}`,
      address: (address) => `sign-up:address:${address}`,
    },
    limits: {
      account: { tries: 5, windowMs: HOUR_MS },
      address: { tries: 600, windowMs: HOUR_MS },
    },
    knock: ({ account, address }) =>
      signUp({
        email: mailboxOf(account),
        password: 'a long enough one',
        name: '새손님',
        wants: 'DINER',
        ...AGREED,
        locale: 'ko',
        asking: null,
        address,
      }),
  },
  'having a link mailed': {
    subjectOf: {
      account: (account) => `mail-link:mailbox:SIGN_IN ${nameMailbox(mailboxOf(account))}`,
      address: (address) => `mail-link:address:${address}`,
    },
    limits: { account: { open: 5 }, address: { open: 600 } },
    knock: ({ account, address }) =>
      requestLink({ email: mailboxOf(account), purpose: 'SIGN_IN', asking: ask(), address }),
  },
  booking: {
    subjectOf: {
      account: (account) => `book:account:${account}`,
      address: (address) => `book:address:${address}`,
    },
    limits: { account: 'PACED', address: 'PACED' },
    knock: ({ account, address }) =>
      admitBooking({
        dinerId: account,
        address,
        request: {
          restaurantId: '00000000-0000-4000-8000-000000000000',
          partySize: 2,
          serviceDate: '2030-01-01',
          startsAt: '2030-01-01T10:00:00.000Z',
        },
      }),
  },
  'entering a lobby': {
    subjectOf: {
      account: (account) => `enter:account:${account}`,
      address: (address) => `enter:address:${address}`,
    },
    limits: { account: 'PACED', address: 'PACED' },
    knock: ({ account, address }) => admitTo({ act: 'enter', accountId: account, address }),
  },
}

/** Written past the code under test. */
const askRedis = gateway.ask

/** Redis records all tries of an account or an address as used a moment ago. */
async function useUp(door: Door, whose: 'account' | 'address', name: string): Promise<void> {
  const subject = door.subjectOf[whose](name)
  const limit = door.limits[whose]
  if (limit === 'PACED') {
    await askRedis('SET', subject, String(Date.now() + HOUR_MS), 'PX', String(HOUR_MS))
    return
  }
  if ('open' in limit) {
    const until = String(Date.now() + HOUR_MS)
    const tries = Array.from({ length: limit.open }, () => [until, randomUUID()])
    await askRedis('ZADD', keyOfTries(subject), ...tries.flat())
    return
  }
  const now = Math.floor(Date.now() / limit.windowMs)
  // Should the next window begin meanwhile, it is just as full.
  for (const window of [now, now + 1])
    await askRedis('SET', `limit:${subject}:${window}`, String(limit.tries), 'PX', String(HOUR_MS))
}

/** A client at this address has tried before, so Redis keeps something about it. */
async function useALittle(door: Door, address: string): Promise<void> {
  const isForgottenAtOnce = door.limits.address === 'PACED'
  if (!isForgottenAtOnce) {
    // The first request to Redis may take longer than the code under test waits.
    const knock = () => door.knock({ account: randomUUID(), address })
    await expect.poll(async () => (await knock()) && readUsed(address)).not.toEqual([])
    return
  }
  const subject = door.subjectOf.address(address)
  await askRedis('SET', subject, String(Date.now() + 5_000), 'PX', String(HOUR_MS))
}

/** Like `useUp`, in this process' own counts. */
function useUpHere(door: Door, whose: 'account' | 'address', name: string): void {
  const subject = door.subjectOf[whose](name)
  const limit = door.limits[whose]
  if (typeof limit === 'string' || !('open' in limit)) {
    takeLocally({ subject, burst: 2, everyMs: 24 * HOUR_MS })
    return
  }
  for (let tries = 0; tries < limit.open; tries += 1)
    takeTriesLocally([{ subject, most: limit.open, withinMs: HOUR_MS, member: randomUUID() }])
}

/** What Redis keeps about an address. */
async function readUsed(address: string): Promise<unknown> {
  const keys = z.array(z.string()).parse(await askRedis('KEYS', `*${address}*`))
  const read = (key: string) =>
    key.startsWith('tries:') ? askRedis('ZRANGE', key, '0', '-1') : askRedis('GET', key)
  return Promise.all(keys.toSorted().map(async (key) => [key, await read(key)]))
}

const freshAddress = () => `2001:db8:${randomUUID().slice(0, 4)}:1::/64`

describe.each(Object.entries(doors))('G20: %s', (_, door) => {
  /** Whether a try exceeds a limit. */
  const isLimited = async (account: string, address: string | null) =>
    (await door.knock({ account, address })).reason === 'rate-limited'

  test('G20: the account first: one that hammers uses up none of its address’s tries', async () => {
    const [account, address] = [randomUUID(), freshAddress()]
    await useALittle(door, address)
    await useUp(door, 'account', account)
    const used = await readUsed(address)
    expect(used).not.toEqual([])
    expect(await isLimited(account, address)).toBe(true)
    expect(await isLimited(account, freshAddress()), 'also from elsewhere').toBe(true)
    expect(await readUsed(address)).toEqual(used)
    expect(await isLimited(randomUUID(), address)).toBe(false)
  })

  test('G20: the address second: accounts behind one are limited together, those behind another are not', async () => {
    const address = freshAddress()
    expect(await isLimited(randomUUID(), address)).toBe(false)
    await useUp(door, 'address', address)
    expect(await isLimited(randomUUID(), address)).toBe(true)
    expect(await isLimited(randomUUID(), freshAddress())).toBe(false)
  })

  test('G20: without an address that the platform vouches for, no address limits anyone', async () => {
    const claimed = '203.0.113.5'
    await useUp(door, 'address', claimed)
    const address = readTrustedAddress(
      new Headers({ 'x-forwarded-for': claimed, 'x-real-ip': claimed }),
    )
    const used = await readUsed(claimed)
    for (let tries = 0; tries < 3; tries++)
      expect(await isLimited(randomUUID(), address)).toBe(false)
    expect(await readUsed(claimed)).toEqual(used)
  })

  test('G20: with Redis away the process limits both account and address on its own', async () => {
    const [account, address] = [randomUUID(), freshAddress()]
    await gateway.setFault({ kind: 'error-500' })
    expect(await isLimited(account, address)).toBe(false)
    useUpHere(door, 'account', account)
    expect(await isLimited(account, address)).toBe(true)
    expect(await isLimited(randomUUID(), address)).toBe(false)
    useUpHere(door, 'address', address)
    expect(await isLimited(randomUUID(), address)).toBe(true)
    expect(await isLimited(randomUUID(), null)).toBe(false)
  })
})
