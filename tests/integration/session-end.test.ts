import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { DELETE } from '@/app/api/v1/session/route'
import { findAnsweredBooking, placeReservation } from '@/domain/booking/commands'
import { enterUnbooked } from '@/domain/booking/entry.commands'
import { mailLink } from '@/domain/identity/link.commands'
import { linkPurposes } from '@/domain/identity/link.rules'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { changePassword } from '@/domain/identity/password.commands'
import { endSessions as endAsAdmin } from '@/domain/identity/people.commands'
import {
  endSession,
  endSessions,
  noteSeen,
  openSession,
  prolongSession,
  sweepSessions,
} from '@/domain/identity/session.commands'
import { findLiveSession, isLiveLately, listOwnSessions } from '@/domain/identity/session.queries'
import { takeTicket } from '@/domain/line/take.commands'
import { enterOpening } from '@/domain/opening/commands'
import { SESSION_SECONDS, signSession, verifySession } from '@/lib/crypto/session-token'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { createAccount, DEMO_PASSWORD } from '@/prisma/factories'
import { requestFor, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { setUpLine } from '../support/line-scene'
import { createOpening } from '../support/opening-scene'
import {
  createHolder,
  duringTransaction,
  forgeSessions,
  type Held,
  holdSession,
} from '../support/session-scene'
import { openSessionUnlocked } from '../support/unprotected-sessions'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const CHROME = { browser: 'CHROME', system: 'MAC' } as const
const own = { address: null }

async function claimsFor(held: Held) {
  const live = await findLiveSession({ ...held, sessionId: null })
  if (!live) throw new Error('no such account')
  const { isUnseen: _, ...claims } = live
  return claims
}

const signedOut = (bearer: string) =>
  DELETE(
    new Request('http://localhost/api/v1/session', {
      method: 'DELETE',
      headers: { authorization: `Bearer ${bearer}` },
    }),
    {},
  )
const readBy = (bearer: string) =>
  readLiveVisitor(new Headers({ authorization: `Bearer ${bearer}` }))
const tokenOf = async (held: Held) =>
  signSession({
    ...(await claimsFor(held)),
    sessionId: held.sessionId,
    endsAt: Math.floor(Date.now() / 1000) + SESSION_SECONDS,
  })

describe('G24: a session that was ended is worthless at once', () => {
  test('G24: DELETE with a bearer token ends its session; another device goes on', async () => {
    const { held, account } = await createHolder()
    const token = await tokenOf(held)
    const other = await tokenOf(await holdSession(account.id))
    expect(await readBy(token)).toMatchObject({ accountId: account.id, sessionId: held.sessionId })
    expect((await signedOut(token)).status).toBe(204)
    expect(await readBy(token)).toBeNull()
    expect((await signedOut(token)).status).toBe(401)
    expect(await readBy(other)).toMatchObject({ accountId: account.id })
  })

  test('G24: every statement that acts on a session’s word judges the session', async () => {
    const { id: accountId } = await createAccount(pool)
    const seating = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const { restaurantId } = await setUpLine()
    const { openingId } = await createOpening()
    const asks: Record<string, (held: Held) => Promise<{ ok: boolean; reason?: string }>> = {
      booking: (session) =>
        placeReservation({
          dinerId: accountId,
          session,
          key: 'k',
          request: requestFor(seating),
          address: null,
        }),
      ticket: (held) =>
        takeTicket({
          restaurantId,
          taker: { by: 'account', ...held },
          key: 'k',
          request: { partySize: 2, dining: 'IN_STORE', channel: 'ONLINE' },
          address: null,
          locale: 'ko',
        }),
      entry: (held) => enterOpening({ openingId, ...held }),
      'entry of the page': (held) => enterUnbooked({ openingId, ...held }),
      answered: (session) =>
        findAnsweredBooking({
          session,
          key: 'k',
          request: requestFor(seating),
        }),
      page: async (held) => ({ ok: (await findLiveSession(held)) !== null, reason: 'signed-out' }),
    }
    const told: Record<string, Record<string, string>> = {}
    const forged = await forgeSessions(accountId)
    for (const [kind, held] of Object.entries(forged)) {
      told[kind] = {}
      for (const [name, ask] of Object.entries(asks)) {
        const answer = await ask(held)
        told[kind][name] = answer.ok ? 'ok' : (answer.reason ?? '')
      }
    }
    const all = (answer: string) =>
      Object.fromEntries(Object.keys(asks).map((name) => [name, answer]))
    // The later ones ask with the key of the control's booking and ticket: a stored answer.
    expect(told).toEqual({
      control: all('ok'),
      before: all('ok'),
      ended: all('signed-out'),
      expired: all('signed-out'),
      'of another account': all('signed-out'),
      'made up': all('signed-out'),
      'of an older epoch': all('signed-out'),
    })
  })

  test('G24: a stored answer is not given to an ended session, first attempt or later', async () => {
    const { held, account } = await createHolder()
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 2 }] })
    const key = randomUUID()
    const asked = { dinerId: account.id, session: held, key, request: requestFor(scene) }
    const booked = await placeReservation({ ...asked, address: null })
    expect(booked.ok).toBe(true)
    const again = await placeReservation({ ...asked, address: null })
    expect(again).toMatchObject({ ok: true, value: { replayed: true } })
    expect(await findAnsweredBooking(asked)).toMatchObject({ value: { replayed: true } })
    await endSession({ ...own, ...held })
    const over = { ok: false, reason: 'signed-out' }
    expect(await placeReservation({ ...asked, address: null })).toMatchObject(over)
    expect(await findAnsweredBooking(asked)).toMatchObject(over)
    const other = { ...asked, session: await holdSession(account.id) }
    expect(await findAnsweredBooking(other)).toMatchObject({ value: { replayed: true } })
  })

  test('G24: ending a session of another account changes nothing', async () => {
    const { held } = await createHolder()
    const { account: stranger } = await createHolder()
    const ended = await endSession({ ...own, accountId: stranger.id, sessionId: held.sessionId })
    expect(ended.ok).toBe(true)
    expect(await findLiveSession(held)).not.toBeNull()
    expect(await endSession({ ...own, ...held })).toMatchObject({ ok: true })
    expect(await findLiveSession(held)).toBeNull()
  })

  test.each(['signing out everywhere', 'a new password', 'an admin'] as const)(
    'G24: %s ends the other sessions’ rows',
    async (way) => {
      const { held, account } = await createHolder()
      const other = await holdSession(account.id)
      const { held: apart } = await createHolder()
      const { id: adminId } = await createAccount(pool, { role: 'ADMIN' })
      const asked = { accountId: account.id, sessionId: held.sessionId, address: null }
      const passwords = { presentPassword: DEMO_PASSWORD, newPassword: 'another long one' }
      const done = await {
        'signing out everywhere': () => endSessions(asked),
        'a new password': () => changePassword({ ...asked, ...passwords }),
        'an admin': () =>
          endAsAdmin({ accountId: account.id, actor: { accountId: adminId, address: null } }),
      }[way]()
      expect(done.ok).toBe(true)
      expect(await findLiveSession({ ...other, epoch: 1 })).toBeNull()
      // The device of the person who acted keeps its session, which lives no longer for it.
      const kept = await findLiveSession({ ...held, epoch: 1 })
      expect(kept === null).toBe(way === 'an admin')
      expect(await findLiveSession(held)).toBeNull()
      expect(await findLiveSession(apart)).not.toBeNull()
    },
  )
})

describe('G24: ending sessions voids mailed links', () => {
  async function mailAll(account: Awaited<ReturnType<typeof createAccount>>) {
    const actor = { accountId: account.id, role: 'DINER', address: null } as const
    await runTransaction(async (tx) => {
      for (const purpose of linkPurposes)
        await mailLink(tx, { account, purpose, email: account.email, actor })
    })
  }
  const openLinks = (accountId: string) =>
    database.query<{ purpose: string }>(
      `SELECT purpose FROM account_links WHERE account_id = $1 AND expires_at > now() AND used_at IS NULL`,
      [accountId],
    )

  test.each(['one device', 'every other device', 'an admin'])('G24: %s', async (way) => {
    const { held, account } = await createHolder()
    const { account: apart } = await createHolder()
    await mailAll(account)
    await mailAll(apart)
    expect(await openLinks(account.id)).toHaveLength(linkPurposes.length)
    if (way === 'one device') await endSession({ ...own, ...held })
    else if (way === 'every other device') await endSessions({ ...own, ...held })
    else {
      const { id } = await createAccount(pool, { role: 'ADMIN' })
      await endAsAdmin({ accountId: account.id, actor: { accountId: id, address: null } })
    }
    // The links that take a stolen account back or stop an asker are no way in for anybody else.
    expect(await openLinks(account.id)).toEqual([
      { purpose: 'UNDO_ADDRESS' },
      { purpose: 'KEEP_PASSKEY' },
    ])
    expect(await openLinks(apart.id)).toHaveLength(linkPurposes.length)
  })

  test('G24, control: the link of a sign-up stays, because nothing else confirms the address', async () => {
    const { held, account } = await createHolder({ emailConfirmedAt: null })
    await mailAll(account)
    await endSession({ ...own, ...held })
    const open = (await openLinks(account.id)).map(({ purpose }) => purpose)
    expect(open.sort()).toEqual(['CONFIRM_ADDRESS', 'KEEP_PASSKEY', 'UNDO_ADDRESS'])
  })
})

describe('G24: a session has an end', () => {
  test('G24: it is renewed for thirty days at a time, and for ninety in all', async () => {
    const { held } = await createHolder()
    const claims = await claimsFor(held)
    const daysLeft = async () => {
      const { sessionId } = held
      const prolonged = await prolongSession({ claims, sessionId })
      if (!prolonged.ok) return prolonged.reason
      return (prolonged.value.endsAt * 1000 - Date.now()) / 86_400_000
    }
    const age = (days: number) =>
      database.query(
        `UPDATE sessions SET created_at = now() - make_interval(days => $1), expires_at = now() + interval '1 day'`,
        [days],
      )
    expect(await daysLeft()).toBeCloseTo(30, 1)
    await age(75)
    expect(await daysLeft()).toBeCloseTo(15, 1)
    await database.query(
      `UPDATE sessions SET created_at = now() - interval '89 days', expires_at = now() - interval '1 second'`,
    )
    expect(await daysLeft()).toBe('signed-out')
    expect(await findLiveSession(held)).toBeNull()
  })

  test('G24: signing its claims again prolongs no token, with an id or without', async () => {
    const { held } = await createHolder()
    const claims = await claimsFor(held)
    const endsAt = Math.floor(Date.now() / 1000) + 60
    for (const sessionId of [held.sessionId, null]) {
      const read = await verifySession(await signSession({ ...claims, sessionId, endsAt }))
      expect(read).toMatchObject({ sessionId, endsAt })
      expect(read && (await verifySession(await signSession(read)))).toEqual(read)
      const past = Math.floor(Date.now() / 1000) - 1
      expect(
        await verifySession(await signSession({ ...claims, sessionId, endsAt: past })),
      ).toBeNull()
    }
  })

  test('G24: the sweep forgets what has expired, and nothing else', async () => {
    const { id } = await createAccount(pool)
    const { control } = await forgeSessions(id)
    expect(await sweepSessions()).toEqual({ expired: 1 })
    expect(control && (await findLiveSession(control))).not.toBeNull()
  })

  test('G24: where nothing is read, a session that was not looked up for a minute is looked up', async () => {
    const { id } = await createAccount(pool)
    const forged = await forgeSessions(id)
    const told = await Promise.all(
      Object.entries(forged).map(async ([kind, held]) => [kind, await isLiveLately(held)]),
    )
    expect(Object.fromEntries(told)).toEqual({
      control: true,
      before: true,
      ended: false,
      expired: false,
      'of another account': false,
      'made up': false,
      'of an older epoch': false,
    })
  })
})

describe('G24: when a device was last used', () => {
  const move = (interval: string) =>
    database.query(`UPDATE sessions SET last_seen_at = now() - $1::interval`, [interval])
  const seen = () => database.query<{ at: Date }>('SELECT last_seen_at AS at FROM sessions')

  test('G24: is written at most once an hour', async () => {
    const { held } = await createHolder()
    await move('59 minutes')
    const before = await seen()
    expect(await findLiveSession(held)).toMatchObject({ isUnseen: false })
    await noteSeen(held.sessionId)
    expect(await seen()).toEqual(before)
    await move('61 minutes')
    expect(await findLiveSession(held)).toMatchObject({ isUnseen: true })
    await noteSeen(held.sessionId)
    expect(await findLiveSession(held)).toMatchObject({ isUnseen: false })
  })

  test('G24: is never written by a booking, a ticket or an entry', async () => {
    const { held, account } = await createHolder()
    const seating = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const { restaurantId } = await setUpLine()
    const { openingId } = await createOpening()
    await move('3 hours')
    const before = await seen()
    const request = requestFor(seating)
    const asked = { dinerId: account.id, session: held, key: 'k', request, address: null }
    const taking = {
      restaurantId,
      taker: { by: 'account', ...held },
      key: 'k',
      request: { partySize: 2, dining: 'IN_STORE', channel: 'ONLINE' },
      address: null,
      locale: 'ko',
    } as const
    const done = [
      await placeReservation(asked),
      await takeTicket(taking),
      await enterUnbooked({ openingId, ...held }),
    ]
    expect(done.every(({ ok }) => ok)).toBe(true)
    expect(await seen()).toEqual(before)
  })

  test('G24: the list has the asking device first, and no other account’s', async () => {
    const { held, account } = await createHolder()
    const other = await holdSession(account.id, { browser: 'CHROME', system: 'WINDOWS' })
    await createHolder()
    await database.query(
      `UPDATE sessions SET last_seen_at = now() - interval '50 hours' WHERE id = $1`,
      [held.sessionId],
    )
    expect(await listOwnSessions(held)).toEqual([
      { id: held.sessionId, browser: 'SAFARI', system: 'IPHONE', hoursAgo: 50, isThis: true },
      { id: other.sessionId, browser: 'CHROME', system: 'WINDOWS', hoursAgo: 0, isThis: false },
    ])
  })
})

describe('G24: signing in while every session is ended', () => {
  async function race(open: (held: Held) => Promise<unknown>) {
    const { account } = await createHolder()
    const before = { accountId: account.id, epoch: 0, sessionId: null }
    const opened = await duringTransaction({
      database,
      sql: 'UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = $1',
      values: [account.id],
      work: () => open(before),
    })
    const rows = await database.query('SELECT epoch FROM sessions WHERE account_id = $1', [
      account.id,
    ])
    return { opened, rows }
  }
  test('G24: opens no session of the epoch that is over', async () => {
    const { opened, rows } = await race(async (held) =>
      openSession({
        claims: {
          ...{ accountId: held.accountId, email: 'a@bobjool.test', name: '손님' },
          ...{ role: 'DINER', locale: 'ko', epoch: 0, awaitsApproval: false },
        },
        proof: 'PASSWORD',
        ...CHROME,
      }),
    )
    expect(opened).toMatchObject({ ok: false, reason: 'signed-out' })
    expect(rows).toEqual([])
  })

  test('G24, control: without the lock on the account a session is left over', async () => {
    const { rows } = await race((held) => openSessionUnlocked(held.accountId))
    expect(rows).toEqual([{ epoch: 0 }])
  })
})
