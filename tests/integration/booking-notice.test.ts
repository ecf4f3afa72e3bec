import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { listNoticesOf } from '@/domain/notification/history.queries'
import { loadNoticeRecord } from '@/domain/notification/loaders'
import { claimNotices } from '@/domain/notification/outbox.commands'
import { addDevice } from '@/domain/notification/subscription.commands'
import { setSlackHook } from '@/domain/restaurant/settings.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createStaff } from '@/prisma/factories'
import { bookAs } from '@/tests/support/booking-scene'
import { change, setUpPlan, toTime } from '@/tests/support/change-scene'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import {
  countNotices,
  queueBooking,
  queueCancelled,
  queueConfirmed,
  readNotice,
} from '@/tests/support/notices'
import { useOutside } from '@/tests/support/outside'
import { makeBrowser } from '@/tests/support/push-message'
import { duringTransaction, holdSession } from '@/tests/support/session-scene'
import { renewWithoutMark } from '@/tests/support/unprotected-outbox'

const database = useDatabase()
const inbox = useInbox()
const outside = useOutside()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
  outside.clear()
})

async function connectSlack(restaurantId: string) {
  const owner = await createAccount(pool, { role: 'OWNER' })
  await createStaff(pool, { restaurantId, accountId: owner.id })
  const actor = { accountId: owner.id, address: null }
  const { sessionId } = await holdSession(owner.id)
  const url = `${outside.origin}/slack`
  const asked = { restaurantId, url, locale: 'ko' as const, sessionId, actor }
  expect(await setSlackHook(asked)).toMatchObject({ ok: true })
}

async function turnOnPush(accountId: string) {
  const device = { endpoint: `${outside.origin}/push`, ...makeBrowser().keys }
  expect(await addDevice({ accountId, sessionId: null, device })).toMatchObject({ ok: true })
}

/** A booking's notice, of a diner with a phone, at a restaurant with a Slack. */
async function bookEverywhere() {
  const booked = await queueBooking(pool)
  await connectSlack(booked.restaurantId)
  await turnOnPush(booked.accountId)
  return booked
}

const listSlack = () =>
  outside.received
    .filter(({ path }) => path === '/slack')
    .map(({ body }) => JSON.parse(body.toString()).blocks[0].text.text.split('\n')[0])

const claim = (channels?: ('MAIL' | 'PUSH' | 'SLACK')[]) =>
  claimNotices({
    limit: 20,
    leaseToken: randomUUID(),
    leaseMs: 60_000,
    ...(channels && { channels }),
  })

const EVERYWHERE = {
  'CONFIRMED MAIL': 1,
  'CONFIRMED PUSH': 1,
  'CONFIRMED SLACK': 1,
  'SOON PUSH': 1,
  'TOMORROW PUSH': 1,
}

describe('what comes of a booking’s one notice', () => {
  it('G16: its mail, its push, its Slack message and its reminders, in one drain and once', async () => {
    const { id, recipient } = await bookEverywhere()
    expect(await countNotices(database)).toEqual({ 'CONFIRMED NONE': 1 })
    expect(await drainOutbox()).toMatchObject({ sent: 3, dropped: 0 })
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    expect(await countNotices(database)).toEqual(EVERYWHERE)
    expect(inbox.listMails(recipient)).toHaveLength(1)
    expect(inbox.listMails(recipient)[0]?.messageId).toBe(`<notice-${id}@bobjool.test>`)
    expect(outside.received).toHaveLength(2)
    const told = await database.query(
      `SELECT DISTINCT ordinal, queued_at FROM notices WHERE kind = 'RESERVATION_CONFIRMED'`,
    )
    expect(told, 'the messages of one act share their place').toHaveLength(1)
  })

  it('G17: keeps what was promised, and names the restaurant as it is called by then', async () => {
    const { id, recipient, restaurantId, reservationId } = await queueBooking(pool)
    const [promised] = await database.query<{ at: string; keys: string[] }>(
      `SELECT payload ->> 'startsAt' AS at, ARRAY(SELECT jsonb_object_keys(payload)) AS keys FROM notices`,
    )
    expect(promised?.keys).not.toEqual(expect.arrayContaining(['restaurant']))
    await database.query(`UPDATE restaurants SET name = '새이름식당' WHERE id = $1`, [restaurantId])
    await database.query('UPDATE reservations SET party_size = 1 WHERE id = $1', [reservationId])
    expect((await loadNoticeRecord({ noticeId: id, restaurantId }))?.text).toContain('새이름식당')
    await drainOutbox()
    expect(inbox.listMails(recipient)[0]?.text).toContain('새이름식당')
    const [sent] = await database.query(
      `SELECT payload ->> 'startsAt' AS "startsAt", payload -> 'partySize' AS "partySize" FROM notices WHERE id = $1`,
      [id],
    )
    expect(sent).toEqual({ startsAt: promised?.at, partySize: 2 })
  })

  it('is a mail that waits in the history, before anybody takes it', async () => {
    const { accountId, recipient } = await queueBooking(pool)
    const { items } = await listNoticesOf({ accountId, cursor: null })
    expect(items).toMatchObject([{ channel: 'MAIL', state: 'QUEUED', recipient, attempts: 0 }])
  })

  it('is nothing when it is cancelled before; the cancellation waits for it, in Slack too', async () => {
    const { id, reservationId, restaurantId } = await bookEverywhere()
    await queueCancelled(pool, reservationId)
    await drainOutbox()
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'DROPPED',
      droppedBecause: 'cancelled',
    })
    expect(await countNotices(database)).toEqual({
      'CONFIRMED MAIL': 1,
      'CANCELLED MAIL': 1,
      'CANCELLED PUSH': 1,
      'CANCELLED SLACK': 1,
    })
    expect(listSlack()).toEqual(['식당에서 예약을 취소했어요'])
    expect((await loadNoticeRecord({ noticeId: id, restaurantId }))?.subject).toContain('확정')
  })

  it('G17: is told in Slack before what came later, however late it is taken', async () => {
    const { reservationId } = await bookEverywhere()
    await queueCancelled(pool, reservationId)
    // It stands again, so that nothing is overtaken, and there is an order to keep.
    await database.query(`UPDATE reservations SET status = 'CONFIRMED', cancelled_by = NULL`)
    await database.query(`UPDATE notices SET kind = 'RESERVATION_CHANGED', payload = payload ||
      jsonb_build_object('status', 'CONFIRMED', 'changedBy', 'DINER', 'before', payload) WHERE kind = 'RESERVATION_CANCELLED'`)
    await drainOutbox()
    expect(listSlack()).toEqual(['새 예약이 들어왔어요', '손님이 예약 시간을 바꿨어요'])
  })

  it('is the rest, when its address refuses mail', async () => {
    const { recipient } = await bookEverywhere()
    await database.query(
      `INSERT INTO mail_refusals (address, kind, reason) VALUES ($1, 'BOUNCE', 'x')`,
      [recipient],
    )
    await drainOutbox()
    expect(inbox.listMails(recipient)).toEqual([])
    expect(listSlack()).toContain('새 예약이 들어왔어요')
    expect(await countNotices(database)).toMatchObject(EVERYWHERE)
  })

  it('is the rest, while no mail can be sent; the mail waits, untried', async () => {
    const { id } = await bookEverywhere()
    expect(await claim(['PUSH', 'SLACK'])).toMatchObject({ notices: [], bringsMore: true })
    expect(await countNotices(database)).toEqual(EVERYWHERE)
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'QUEUED',
      attempts: 0,
      isLeased: false,
    })
    const { notices } = await claim(['PUSH', 'SLACK'])
    expect(notices.map(({ channel }) => channel).sort()).toEqual(['PUSH', 'SLACK'])
  })

  it('a reminder that was due while nobody worked is made, because it was to come when they booked', async () => {
    await queueBooking(pool)
    await database.query(`UPDATE notices SET queued_at = queued_at - interval '3 days'`)
    await database.query(
      `UPDATE reservations SET starts_at = now() + interval '1 hour', ends_at = now() + interval '2 hours'`,
    )
    await drainOutbox()
    expect(await countNotices(database)).toHaveProperty('SOON MAIL')
  })
})

describe('a booking’s notice that can’t be taken', () => {
  it('because its account is being deleted, waits and holds up nobody', async () => {
    const { id, accountId } = await queueBooking(pool)
    const other = await queueBooking(pool)
    await duringTransaction({
      database,
      sql: 'SELECT FROM accounts WHERE id = $1 FOR UPDATE',
      values: [accountId],
      work: async () => {
        expect(await claim()).toMatchObject({ notices: [{ id: other.id }], settling: 1 })
      },
    })
    expect(await readNotice(pool, id)).toMatchObject({ state: 'QUEUED', attempts: 0 })
    await database.query('UPDATE notices SET due_at = now() WHERE id = $1', [id])
    expect((await claim()).notices).toMatchObject([{ id }])
  })

  it('G17: because it makes the statement fail, waits visibly, and the others go out', async () => {
    const poisoned = await queueBooking(pool)
    const others = [await queueBooking(pool), await queueConfirmed(pool), await queueBooking(pool)]
    await database.query(`ALTER TABLE notices ADD CONSTRAINT poison
      CHECK (kind <> 'RESERVATION_SOON' OR subject_id <> '${poisoned.reservationId}')`)
    try {
      expect(await drainOutbox()).toMatchObject({ sent: 3 })
      expect(await readNotice(pool, poisoned.id)).toMatchObject({
        state: 'QUEUED',
        attempts: 1,
        lastError: 'unexpected',
      })
      await database.query('UPDATE notices SET due_at = now(), give_up_at = now() WHERE id = $1', [
        poisoned.id,
      ])
      expect(await drainOutbox()).toMatchObject({ sent: 0 })
      expect(await readNotice(pool, poisoned.id)).toMatchObject({ state: 'DEAD', attempts: 2 })
    } finally {
      await database.query('ALTER TABLE notices DROP CONSTRAINT poison')
    }
    for (const { recipient } of others) expect(inbox.listMails(recipient)).toHaveLength(1)
    expect(inbox.listMails(poisoned.recipient)).toEqual([])
  })

  it('G17: because a release’s function is not there, leaves every notice as it was', async () => {
    const waiting = [await queueBooking(pool), await queueConfirmed(pool)]
    await database.query('ALTER FUNCTION fan_out_notice RENAME TO fan_out_notice_of_before')
    try {
      await expect(drainOutbox()).rejects.toThrow(/fan_out_notice/)
      for (const { id } of waiting)
        expect(await readNotice(pool, id)).toMatchObject({ state: 'QUEUED', attempts: 0 })
    } finally {
      await database.query('ALTER FUNCTION fan_out_notice_of_before RENAME TO fan_out_notice')
    }
    expect(await drainOutbox()).toMatchObject({ sent: 2 })
  })
})

/** Booked for the third day from now, with both reminders to come, and another seating to change to. */
async function bookAhead() {
  const { restaurantId, dinerId, cellAt } = await setUpPlan({ days: 4 })
  const [cell, later] = [cellAt(2, 0, 0), cellAt(3, 0, 1)]
  const startsAt = new Date(cell.startsAt)
  const booked = await bookAs(dinerId, { ...cell, startsAt, restaurantId, slotIds: [] })
  if (!booked.ok) throw new Error(booked.reason)
  const { id } = booked.value.reservation
  const changeIt = () => change(id, toTime(later), dinerId, { scope: 'diner' })
  return { reservationId: id, later, changeIt }
}

/** The reminders that wait, and for which time. */
const listReminders = () =>
  database.query<{ kind: string; startsAt: string }>(
    `SELECT kind, payload ->> 'startsAt' AS "startsAt" FROM notices
      WHERE state = 'QUEUED' AND kind IN ('RESERVATION_SOON', 'RESERVATION_TOMORROW') ORDER BY kind`,
  )

const remindersOf = (startsAt: string) => [
  { kind: 'RESERVATION_SOON', startsAt },
  { kind: 'RESERVATION_TOMORROW', startsAt },
]

/** It has no account of its own then: its reservation's diner is its reader. */
describe('a booking’s notice that nobody has taken', () => {
  const readOwners = async (id: string) =>
    (
      await database.query(
        'SELECT channel, state::text, account_id AS "accountId", event_id AS "eventId" FROM notices WHERE id = $1',
        [id],
      )
    )[0]

  it('is its diner’s, under its event, once it is taken', async () => {
    const { id, accountId } = await queueBooking(pool)
    expect(await readOwners(id)).toMatchObject({ channel: 'NONE', accountId: null, eventId: null })
    expect((await claim()).notices).toHaveLength(1)
    expect(await readOwners(id)).toMatchObject({ channel: 'MAIL', accountId, eventId: id })
  })

  it('is in its diner’s copy of their data', async () => {
    const { accountId, reservationId } = await queueBooking(pool)
    const other = await queueBooking(pool)
    const [row] = await database.query<{ told: unknown }>(
      `SELECT export_account($1) -> 'notices' AS told`,
      [accountId],
    )
    expect(row?.told).toEqual([
      expect.objectContaining({ channel: 'MAIL', subjectId: reservationId }),
    ])
    expect(JSON.stringify(row?.told)).not.toContain(other.reservationId)
  })

  it('says nothing any more when its diner’s account is erased', async () => {
    const { id, accountId, reservationId, recipient } = await queueBooking(pool)
    await database.query(
      `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER' WHERE id = $1`,
      [reservationId],
    )
    expect(await database.query('SELECT erase_account($1) AS done', [accountId])).toEqual([
      { done: true },
    ])
    expect(await readOwners(id)).toMatchObject({ channel: 'MAIL', state: 'DROPPED' })
    const [row] = await database.query('SELECT n::text AS row FROM notices n WHERE id = $1', [id])
    expect(JSON.stringify(row)).not.toContain(recipient)
    expect((await claim()).notices).toEqual([])
  })
})

describe('a change that meets the booking’s notice', () => {
  it('before it is taken, leaves one reminder of each kind, of the present time', async () => {
    const { later, changeIt } = await bookAhead()
    expect(await countNotices(database)).toEqual({ 'CONFIRMED NONE': 1 })
    expect(await changeIt()).toMatchObject({ ok: true })
    expect(await listReminders()).toEqual(remindersOf(later.startsAt))
    expect(await drainOutbox()).toMatchObject({ sent: 2 })
    expect(await listReminders()).toEqual(remindersOf(later.startsAt))
  })

  it('while it is being taken, too: it waits for the change, and makes none of the old time', async () => {
    const { later, changeIt } = await bookAhead()
    // A reminder that waits, and is locked: the change stands still where it drops it.
    await database.query(
      `INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, due_at, payload)
       SELECT coalesce(event_id, id), 'RESERVATION_SOON', account_id, restaurant_id, subject_id, recipient, locale, now() + interval '1 day', payload
         FROM notices`,
    )
    const other = await database.pool.connect()
    try {
      await other.query('BEGIN')
      await other.query(`SELECT FROM notices WHERE kind = 'RESERVATION_SOON' FOR UPDATE`)
      const changing = changeIt()
      await expect
        .poll(() => database.query('SELECT FROM pg_locks WHERE NOT granted'))
        .not.toEqual([])
      expect(await drainOutbox()).toMatchObject({ sent: 0 })
      await other.query('COMMIT')
      expect(await changing).toMatchObject({ ok: true })
    } finally {
      other.release()
    }
    expect(await drainOutbox()).toMatchObject({ sent: 2 })
    expect(await listReminders()).toEqual(remindersOf(later.startsAt))
  })

  it('control: without its mark, a reminder of the old time stays', async () => {
    const { reservationId, later } = await bookAhead()
    await renewWithoutMark(pool, {
      reservationId,
      between: async () => {
        await drainOutbox()
        await database.query(
          `UPDATE reservations SET starts_at = $1, ends_at = $1::timestamptz + interval '90 minutes'`,
          [later.startsAt],
        )
      },
    })
    expect(await listReminders()).not.toEqual(remindersOf(later.startsAt))
  })
})
