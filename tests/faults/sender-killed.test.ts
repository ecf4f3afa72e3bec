import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail, MAIL_CONNECTIONS } from '@/lib/mail/mail'
import type { Misbehaviour } from '@/local/inbox/smtp'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import {
  countNotices,
  makeAllDue,
  queueBooking,
  queueBookings,
  queueConfirmed,
  queueMany,
  runOutLeases,
} from '../support/notices'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy'
import { type Sender, startSender } from '../support/sender'
import { fanOutInSteps, sendUnderNewNames } from '../support/unprotected-outbox'

/** More than there are connections, so that some are being sent and some have not begun. */
const NOTICES = MAIL_CONNECTIONS + 3

const database = useDatabase()
const inbox = useInbox()
let proxy: PostgresProxy
/** Starts while the rows left by the one before are checked. */
let next: Promise<Sender>

const startNext = () => {
  next = startSender({ databaseUrl: proxy.url, smtpUrl: inbox.smtpUrl })
}

beforeAll(async () => {
  proxy = await startPostgresProxy({ url: database.databaseUrl })
  startNext()
  await next
})
afterAll(async () => {
  await (await next).kill()
  await proxy.stop()
  closeMail()
})
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
  proxy.holdBack(null)
  proxy.forget()
})

const ALL_MADE = {
  'CONFIRMED MAIL': NOTICES,
  'SOON MAIL': NOTICES,
  'TOMORROW MAIL': NOTICES,
}

/** A mailbox that takes each Message-ID once, as large providers do. */
const countDistinct = () => new Set(inbox.listMails().map(({ messageId }) => messageId)).size
const isClaim = (sql: string) => sql.includes('WITH RECURSIVE lanes')
const isRecord = (sql: string) => sql.includes('WITH told AS')

const countStates = async (state: string) =>
  (await database.query('SELECT FROM notices WHERE state::text = $1', [state])).length
const countLeased = async () =>
  (await database.query('SELECT FROM notices WHERE lease_token IS NOT NULL')).length
const countStored = async () => inbox.listMails().length

interface Step {
  hold?: (sql: string) => boolean
  misbehave?: Misbehaviour
  /** Whether the sender has reached the point where it is killed. */
  isThere: () => Promise<boolean>
  /** How many mails it has handed over by then without recording them. */
  inWindow: number
}

const steps: Record<string, Step> = {
  'before it claims': {
    hold: isClaim,
    isThere: async () => proxy.countHeld() > 0,
    inWindow: 0,
  },
  'while the data is on its way': {
    misbehave: { kind: 'stall-after-data', isStored: false },
    isThere: async () => (await countLeased()) === NOTICES && inbox.countConnections() > 0,
    inWindow: 0,
  },
  'after the server accepted, before it could say so': {
    misbehave: { kind: 'stall-after-data', isStored: true },
    isThere: async () => (await countStored()) === MAIL_CONNECTIONS,
    inWindow: MAIL_CONNECTIONS,
  },
  'after the server said so, before that is written down': {
    hold: isRecord,
    isThere: async () => proxy.countHeld() > 0 && (await countStored()) === NOTICES,
    inWindow: NOTICES,
  },
  'after it is written down': {
    isThere: async () => (await countStates('SENT')) === NOTICES,
    inWindow: 0,
  },
}

/** Those of bookings, whose worker makes the reminders too. */
const bookingSteps: Record<
  string,
  Pick<Step, 'hold' | 'misbehave' | 'isThere'> & { cut?: boolean }
> = {
  'before it claims': { hold: isClaim, isThere: async () => proxy.countHeld() > 0 },
  'after it has claimed, before it hears of it': {
    cut: true,
    isThere: async () => proxy.hasCut() && (await countLeased()) === NOTICES,
  },
  'while the data is on its way': {
    misbehave: { kind: 'stall-after-data', isStored: false },
    isThere: async () => (await countLeased()) === NOTICES && inbox.countConnections() > 0,
  },
  'after the server said so, before that is written down': {
    hold: isRecord,
    isThere: async () => proxy.countHeld() > 0 && (await countStored()) === NOTICES,
  },
}

describe('a sender killed while it makes what comes of bookings’ notices', () => {
  it.each(Object.entries(bookingSteps))('G17: %s', async (_, { hold, misbehave, cut, isThere }) => {
    await queueBookings(pool, NOTICES)
    const sender = await next
    if (misbehave) inbox.misbehave(misbehave)
    if (hold) proxy.holdBack(hold)
    if (cut) proxy.cutAt('after', isClaim)
    sender.begin()
    await expect.poll(isThere, { timeout: 20_000, interval: 10 }).toBe(true)
    const made = await countNotices(database)
    const isUntouched = made['CONFIRMED NONE'] === NOTICES
    expect(made).toEqual(isUntouched ? { 'CONFIRMED NONE': NOTICES } : ALL_MADE)
    await sender.kill()
    startNext()
    inbox.misbehave(null)
    await expect.poll(() => proxy.countHeld()).toBe(0)
    proxy.holdBack(null)

    await runOutLeases(database)
    await Promise.all([drainOutbox(), drainOutbox()])
    expect(await countNotices(database)).toEqual(ALL_MADE)
    expect(await countStates('SENT')).toBe(NOTICES)
    expect(countDistinct()).toBe(NOTICES)
  })

  it('G17 control: one that marks the notice in a step of its own loses the reminders', async () => {
    await queueBooking(pool)
    await fanOutInSteps(pool, { dieBetween: true })
    await fanOutInSteps(pool, { dieBetween: false })
    expect(await countNotices(database)).toEqual({ 'CONFIRMED MAIL': 1 })
  })
})

describe('hard case 16: a sender killed at each step, with another beside it', () => {
  it.each(Object.entries(steps))('G17: %s', async (_, { hold, misbehave, isThere, inWindow }) => {
    const queued = await queueMany(pool, NOTICES)
    const sender = await next
    if (misbehave) inbox.misbehave(misbehave)
    if (hold) proxy.holdBack(hold)
    sender.begin()
    await expect.poll(isThere, { timeout: 20_000, interval: 10 }).toBe(true)
    // While its lease lasts, nobody else may take its notices.
    if ((await countLeased()) > 0) expect(await drainOutbox()).toMatchObject({ sent: 0 })
    await sender.kill()
    startNext()
    inbox.misbehave(null)
    await expect.poll(() => proxy.countHeld()).toBe(0)
    proxy.holdBack(null)

    await runOutLeases(database)
    await makeAllDue(database)
    await Promise.all([drainOutbox(), drainOutbox()])
    expect(await countStates('SENT')).toBe(NOTICES)
    expect(countDistinct()).toBe(NOTICES)
    expect(new Set(inbox.listMails().flatMap(({ recipients }) => recipients))).toEqual(
      new Set(queued.map(({ recipient }) => recipient)),
    )
    // In a mailbox that does not deduplicate, only the window that SMTP leaves open comes twice.
    expect((await countStored()) - NOTICES).toBe(inWindow)
  })

  it('G17 control: a sender with a new Message-ID per attempt delivers twice to every mailbox', async () => {
    await queueConfirmed(pool)
    await sendUnderNewNames(pool, { dieBeforeRecording: true })
    await sendUnderNewNames(pool, { dieBeforeRecording: false })
    expect(countDistinct()).toBe(2)
  })
})
