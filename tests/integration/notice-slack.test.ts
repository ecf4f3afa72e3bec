import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { claimNotices, recordOutcomes } from '@/domain/notification/outbox.commands'
import { setSlackHook } from '@/domain/restaurant/settings.commands'
import { readSlackState } from '@/domain/restaurant/settings.queries'
import { pool } from '@/lib/db/database'
import { closeMail, MAIL_CONNECTIONS } from '@/lib/mail/mail'
import { createAccount, createStaff } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { makeAllDue, queueCancelled, queueConfirmed } from '@/tests/support/notices'
import { useOutside } from '@/tests/support/outside'
import { holdSession } from '../support/session-scene'

const database = useDatabase()
const inbox = useInbox()
const outside = useOutside()
const PATH = '/slack/kitchen'

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
  outside.clear()
})

const connect = async (restaurantId: string, url: string | null = `${outside.origin}${PATH}`) => {
  const owner = await createAccount(pool, { role: 'OWNER' })
  await createStaff(pool, { restaurantId, accountId: owner.id })
  const actor = { accountId: owner.id, address: null }
  const { sessionId } = await holdSession(owner.id)
  return setSlackHook({ restaurantId, url, locale: 'ko', sessionId, actor })
}

/** A restaurant with a Slack, and a booking not yet announced there. */
async function setUp(wish = {}) {
  const booked = await queueConfirmed(pool, wish)
  expect(await connect(booked.restaurantId)).toMatchObject({ ok: true })
  await database.query('DELETE FROM notices')
  return booked
}

const readMessages = () =>
  outside.received.map(({ body }) => JSON.parse(body.toString()).blocks[0].text.text)

/** Another booking's confirmation, with the notices that belong to it. */
async function book(reservationId: string) {
  await database.query(
    `WITH event AS (INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
       VALUES ('DINER', 'RESERVATION', $1, 'BOOK', 'CONFIRMED') RETURNING id)
     SELECT queue_reservation_notice($1, event.id, 'RESERVATION_CONFIRMED', now()) FROM event`,
    [reservationId],
  )
}

describe('a restaurant’s Slack', () => {
  it('is told of a booking and of its cancellation, in its owner’s language', async () => {
    const { reservationId } = await setUp({ locale: 'en', dinerName: '김하늘', note: '창가요' })
    await book(reservationId)
    await drainOutbox()
    await queueCancelled(pool, reservationId)
    await drainOutbox()
    expect(readMessages()).toEqual([
      expect.stringMatching(/^새 예약이 들어왔어요\n.+ · \d명 · 김하늘\n요청 사항: 창가요$/),
      expect.stringMatching(/^식당에서 예약을 취소했어요\n.+ · 김하늘$/),
    ])
  })

  it('G18: can’t be made to mention everyone, or to disguise a link', async () => {
    const name = '<!channel> <https://evil.test|밥줄> *굵게*'
    const { reservationId } = await setUp({ dinerName: name })
    await book(reservationId)
    await drainOutbox()
    const [message] = outside.received.map(({ body }) => JSON.parse(body.toString()))
    expect(message.blocks[0].text).toMatchObject({ type: 'plain_text' })
    expect(message.text).not.toContain('<')
  })

  it('that is closed gets no more messages, its owner sees why, and the diner’s notices go on', async () => {
    const { restaurantId, reservationId, recipient } = await setUp()
    outside.answer(PATH, 404, 'no_service')
    await book(reservationId)
    expect(await drainOutbox()).toMatchObject({ sent: 1, dead: 1 })
    expect(inbox.listMails(recipient)).toHaveLength(1)
    expect(await readSlackState(restaurantId)).toEqual({
      state: 'refused',
      refusal: '404 no_service',
    })
    await queueCancelled(pool, reservationId)
    expect(await drainOutbox()).toMatchObject({ sent: 1, dead: 0 })
  })

  it('that is busy is tried again, and told once', async () => {
    const { reservationId } = await setUp()
    outside.answer(PATH, 503)
    await book(reservationId)
    expect(await drainOutbox()).toMatchObject({ sent: 1, retry: 1 })
    outside.answer(PATH, 200)
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(readMessages()).toHaveLength(1)
  })

  it('that does not answer is tried once per drain, and mails go on', async () => {
    const { restaurantId, reservationId } = await setUp()
    outside.answer(PATH, 0)
    for (let times = 0; times < 20; times += 1) await book(reservationId)
    await database.query(
      `UPDATE notices SET subject_id = gen_random_uuid() WHERE channel = 'SLACK'`,
    )
    await queueConfirmed(pool)
    expect(await drainOutbox()).toMatchObject({ sent: 21, isServerAway: false })
    // On a busy machine the drain outlasts their first back-off, and tells of one more than once.
    expect(
      await database.query(`SELECT FROM notices WHERE channel = 'SLACK' AND state = 'QUEUED'`),
    ).toHaveLength(20)
    const asked = await database.query(
      `SELECT FROM notices WHERE channel = 'SLACK' AND last_error <> 'Slack said nothing'`,
    )
    // As many as are sent side by side had begun before the first timed out.
    expect(asked.length).toBeLessThanOrEqual(MAIL_CONNECTIONS)
    expect(await readSlackState(restaurantId)).toMatchObject({ state: 'on' })
  })

  it('changed while the previous one is found closed stays in use', async () => {
    const { restaurantId, reservationId } = await setUp()
    await book(reservationId)
    const leaseToken = randomUUID()
    const { notices } = await claimNotices({ limit: 20, leaseToken, leaseMs: 60_000 })
    const posted = notices.find(({ channel }) => channel === 'SLACK')
    expect(await connect(restaurantId, `${outside.origin}/slack/new`)).toMatchObject({ ok: true })
    await recordOutcomes({
      leaseToken,
      outcomes: [
        {
          id: String(posted?.id),
          outcome: 'dead',
          error: '404',
          refusedHook: { restaurantId, setAt: String(posted?.hook?.setAt) },
        },
      ],
    })
    expect(await readSlackState(restaurantId)).toMatchObject({ state: 'on' })
  })

  it('is told once an hour of undeliverable notices, with a masked address', async () => {
    const { reservationId, recipient } = await setUp()
    for (let times = 0; times < 2; times += 1) {
      await book(reservationId)
      await database.query(
        `DELETE FROM notices WHERE channel = 'SLACK' AND kind = 'RESERVATION_CONFIRMED'`,
      )
      inbox.misbehave({ kind: 'refuse', at: 'recipient', code: 550, times: 1 })
      expect(await drainOutbox()).toMatchObject({ dead: 1 })
      await makeAllDue(database)
      await drainOutbox()
    }
    const messages = readMessages()
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatch(/^손님에게 알림을 보내지 못했어요\na…@bobjool\.test: 550/)
    expect(messages[0]).not.toContain(recipient)
  })
})

describe('a Slack’s address', () => {
  it.each([
    ['another site', 'https://example.com/services/1'],
    ['our own network', 'http://192.168.0.1/services/1'],
    ['without encryption', 'http://hooks.slack.com/services/1'],
    ['a port', 'https://hooks.slack.com:8443/services/1'],
    ['a password', 'https://a:b@hooks.slack.com/services/1'],
    ['a name that looks like it', 'https://hooks.slack.com.evil.test/services/1'],
    ['no path', 'https://hooks.slack.com/'],
    ['no address', 'hello'],
  ])('is refused with %s', async (_, url) => {
    const { restaurantId } = await queueConfirmed(pool)
    expect(await connect(restaurantId, url)).toMatchObject({ reason: 'slack-address' })
    expect(await readSlackState(restaurantId)).toEqual({ state: 'off' })
  })

  it('must be Slack’s own, stays out of the audit log, and can be removed', async () => {
    const { restaurantId } = await queueConfirmed(pool)
    const url = 'https://hooks.slack.com/services/T0/B0/secret'
    expect(await connect(restaurantId, url)).toEqual({ ok: true, value: { isOn: true } })
    expect(await readSlackState(restaurantId)).toMatchObject({ state: 'on' })
    expect(await connect(restaurantId, null)).toEqual({ ok: true, value: { isOn: false } })
    expect(await readSlackState(restaurantId)).toEqual({ state: 'off' })
    const auditLog = await database.query(`SELECT * FROM audit_events WHERE act LIKE 'SLACK%'`)
    expect(auditLog).toHaveLength(2)
    expect(JSON.stringify(auditLog)).not.toContain('secret')
  })

  it('can’t be set by floor staff', async () => {
    const { restaurantId } = await queueConfirmed(pool)
    const floor = await createAccount(pool)
    await createStaff(pool, { restaurantId, accountId: floor.id, role: 'STAFF' })
    const actor = { accountId: floor.id, address: null }
    const url = 'https://hooks.slack.com/services/1'
    const asked = { restaurantId, url, locale: 'ko', sessionId: null } as const
    expect(await setSlackHook({ ...asked, actor })).toMatchObject({ reason: 'not-found' })
  })
})
