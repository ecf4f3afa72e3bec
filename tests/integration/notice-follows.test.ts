import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelByLink } from '@/domain/booking/cancel-link.commands'
import { deliverByMail } from '@/domain/notification/channel.commands'
import { drainOutbox, sendNoticeAgain } from '@/domain/notification/commands'
import { listNoticesAbout } from '@/domain/notification/history.queries'
import { loadNoticeRecord } from '@/domain/notification/loaders'
import { claimNotices } from '@/domain/notification/outbox.commands'
import { addDevice } from '@/domain/notification/subscription.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { setUpDoor, takeAtDoor } from '@/tests/support/door-scene'
import { useInbox } from '@/tests/support/inbox'
import { actAs, joinLine, setUpLine } from '@/tests/support/line-scene'
import {
  makeAllDue,
  type QueuedNotice,
  queueCancelled,
  queueConfirmed,
  queueMany,
  readNotice,
} from '@/tests/support/notices'
import { useOutside } from '@/tests/support/outside'
import { makeBrowser } from '@/tests/support/push-message'

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

const NEW = 'moved@bobjool.test'
const change = (accountId: string, values: { email?: string; name?: string; locale?: string }) =>
  database.query(
    `UPDATE accounts SET email = coalesce($2, email), name = coalesce($3, name), locale = coalesce($4, locale) WHERE id = $1`,
    [accountId, values.email ?? null, values.name ?? null, values.locale ?? null],
  )
const moveRestaurant = (restaurantId: string) =>
  database.query(
    `UPDATE restaurants SET name = '이사한집', name_en = 'Moved Table', address = '부산 해운대구 1', phone = '051-700-1234', slug = 'moved' WHERE id = $1`,
    [restaurantId],
  )
const readCancelLink = (text = '') => /\/cancel\/([\w-]+)/.exec(text)?.[1] ?? ''
const press = (text?: string) => cancelByLink({ token: readCancelLink(text), address: null })

async function claim() {
  const { notices } = await claimNotices({
    limit: 20,
    leaseToken: randomUUID(),
    leaseMs: 60_000,
  })
  return notices
}

describe('G17: a notice follows its person', () => {
  it('to the new address, in the new language and by the new name, and nothing goes to the old one', async () => {
    const { accountId, recipient: old } = await queueConfirmed(pool, { dinerName: '김하늘' })
    await change(accountId, { email: NEW, name: '박바다', locale: 'en' })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(old)).toEqual([])
    const [mail] = inbox.listMails(NEW)
    expect(mail?.subject).toContain('You’re booked')
    expect(mail?.text).toContain('under the name 박바다')
    expect(mail?.text).not.toContain('김하늘')
    expect(await press(mail?.text)).toMatchObject({ ok: true })
  })

  it('with the restaurant’s name, address and phone of now, in the calendar file too', async () => {
    const { restaurantId, recipient } = await queueConfirmed(pool)
    await moveRestaurant(restaurantId)
    await drainOutbox()
    const [mail] = inbox.listMails(recipient)
    expect(mail?.subject).toContain('이사한집')
    for (const fact of ['부산 해운대구 1', '051-700-1234']) expect(mail?.text).toContain(fact)
    expect(mail?.attachments[0]?.content.toString('utf8')).toContain('이사한집')
  })

  it('and keeps what was promised: time, party, note and sequence', async () => {
    const { id, reservationId } = await queueConfirmed(pool, { note: '창가' })
    const read = async () =>
      (
        await database.query(
          `SELECT payload - 'dinerName' - 'restaurant' AS promised FROM notices WHERE id = $1`,
          [id],
        )
      )[0]
    const before = await read()
    await database.query(
      `UPDATE reservations SET party_size = party_size + 1, note = 'x', sequence = 7,
              starts_at = starts_at + interval '5 minutes' WHERE id = $1`,
      [reservationId],
    )
    await drainOutbox()
    expect(await read()).toEqual(before)
  })

  it('at each attempt anew: a retry goes where the person is by then', async () => {
    const { id, accountId, recipient: old } = await queueConfirmed(pool)
    inbox.misbehave({ kind: 'refuse', at: 'recipient', code: 450, times: 1 })
    expect(await drainOutbox()).toMatchObject({ retry: 1 })
    await change(accountId, { email: NEW })
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(old)).toEqual([])
    expect(inbox.listMails(NEW)[0]?.messageId).toBe(`<notice-${id}@bobjool.test>`)
  })

  it('and what the history shows of a waiting one is what would be sent now, of a sent one what was', async () => {
    const { id: noticeId, accountId, reservationId } = await queueConfirmed(pool)
    await change(accountId, { email: NEW, name: '박바다' })
    const record = () => loadNoticeRecord({ noticeId, restaurantId: null })
    expect(await listNoticesAbout(reservationId)).toMatchObject([{ recipient: NEW }])
    expect((await record())?.text).toContain('박바다')
    await drainOutbox()
    await change(accountId, { email: 'again@bobjool.test', name: '최산' })
    expect(await listNoticesAbout(reservationId)).toMatchObject([{ recipient: NEW }])
    expect((await record())?.text).toContain('박바다')
  })
})

describe('an address that changes while its mail is on the way', () => {
  it('G17: gets no link that still cancels, although the mail was claimed before', async () => {
    const { accountId, recipient: old, reservationId } = await queueConfirmed(pool)
    const [notice] = await claim()
    if (!notice) throw new Error('Expected a notice.')
    await change(accountId, { email: NEW })
    const sender = { name: '밥줄', address: 'no-reply@bobjool.test', domain: 'bobjool.test' }
    await deliverByMail({ notice, sender, timeoutMs: 5_000, silent: new Set() })
    const [mail] = inbox.listMails(old)
    expect(await press(mail?.text)).toMatchObject({ ok: false, reason: 'cancel-link-moved' })
    expect(
      await database.query('SELECT status FROM reservations WHERE id = $1', [reservationId]),
    ).toEqual([{ status: 'CONFIRMED' }])
  })

  it('G17: two at once: either may win, each notice goes out once, and no old mailbox can cancel', async () => {
    const queued = await queueMany(pool, 40)
    const moves = queued.map(({ accountId }, index) =>
      change(accountId, { email: `moved-${index}@bobjool.test` }),
    )
    await Promise.all([drainOutbox(), ...moves, drainOutbox()])
    await drainOutbox()
    const mails = inbox.listMails()
    expect(mails).toHaveLength(40)
    const old = new Set(queued.map(({ recipient }) => recipient))
    for (const { recipients, text } of mails) {
      const pressed = await press(text)
      if (old.has(recipients[0] ?? ''))
        expect(pressed).toMatchObject({ reason: 'cancel-link-moved' })
      else expect(pressed).toMatchObject({ ok: true })
    }
  })

  it('G17: a cancellation doesn’t overtake the confirmation that was queued for the old address', async () => {
    const { accountId, reservationId } = await queueConfirmed(pool)
    expect(await claim()).toHaveLength(1)
    await change(accountId, { email: NEW })
    await queueCancelled(pool, reservationId)
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
  })
})

describe('an address that refused mail', () => {
  const refuse = (address: string) =>
    database.query(`INSERT INTO mail_refusals (address, kind, reason) VALUES ($1, 'BOUNCE', 'x')`, [
      address,
    ])

  it('is not dead once it is replaced', async () => {
    const { id, accountId, recipient } = await queueConfirmed(pool)
    await refuse(recipient)
    await change(accountId, { email: NEW })
    expect(await drainOutbox()).toMatchObject({ sent: 1, dead: 0 })
    expect(inbox.listMails(NEW)).toHaveLength(1)
    expect(await readNotice(pool, id)).toMatchObject({ state: 'SENT' })
  })

  it('is dead as long as it is the person’s, also as a new one, and the row says which it was', async () => {
    const { id, accountId } = await queueConfirmed(pool)
    await refuse(NEW)
    await change(accountId, { email: NEW })
    await drainOutbox()
    expect(await readNotice(pool, id)).toMatchObject({ state: 'DEAD' })
    expect(await database.query('SELECT recipient FROM notices')).toEqual([{ recipient: NEW }])
  })

  const sendAgain = async ({ id }: QueuedNotice) => {
    const admin = await createAccount(pool, { role: 'ADMIN' })
    return sendNoticeAgain({ noticeId: id, actor: { accountId: admin.id, address: null } })
  }

  it('is left behind by “send again”', async () => {
    const notice = await queueConfirmed(pool)
    await refuse(notice.recipient)
    await drainOutbox()
    await change(notice.accountId, { email: NEW })
    expect(await sendAgain(notice)).toMatchObject({ ok: true })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(NEW)).toHaveLength(1)
  })

  it('gets no confirmation again after its cancellation went to the new one', async () => {
    const notice = await queueConfirmed(pool)
    await refuse(notice.recipient)
    await drainOutbox()
    await change(notice.accountId, { email: NEW })
    await queueCancelled(pool, notice.reservationId)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(await sendAgain(notice)).toMatchObject({ details: { isOvertaken: true } })
  })
})

describe('a ticket’s notice', () => {
  it('follows the account that took it', async () => {
    const line = await setUpLine()
    const { dinerId } = await joinLine(line)
    await change(dinerId, { email: NEW, locale: 'en' })
    await moveRestaurant(line.restaurantId)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(NEW)[0]?.subject).toMatch(/^You have ticket 1 · Moved Table$/)
  })

  it('of the door goes to the ticket’s own contact, which is its person', async () => {
    const door = await setUpDoor()
    const ticket = await takeAtDoor(door, { email: 'door@bobjool.test' })
    await database.query(`UPDATE tickets SET contact_email = $1, locale = 'en'`, [NEW])
    // An account with the address of old has nothing to do with it.
    await createAccount(pool, { email: 'door@bobjool.test', name: '남' })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(NEW)[0]?.subject).toContain('You have ticket')
    await actAs(door.ownerId, 'CALL', ticket.id)
    await database.query('UPDATE tickets SET contact_email = NULL')
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 0, dead: 0, dropped: 1 })
    expect(
      await database.query(`SELECT dropped_because FROM notices WHERE kind = 'TICKET_CALLED'`),
    ).toEqual([{ dropped_because: 'no_reader' }])
  })

  it('by push is in the language of now, and its mail instead goes to the address of now', async () => {
    const line = await setUpLine()
    const { dinerId, id } = await joinLine(line)
    await database.query('DELETE FROM notices')
    const browser = makeBrowser()
    const device = { endpoint: `${outside.origin}/push/follows`, ...browser.keys }
    expect(await addDevice({ accountId: dinerId, sessionId: null, device })).toMatchObject({
      ok: true,
    })
    await actAs(line.ownerId, 'CALL', id)
    await makeAllDue(database)
    await change(dinerId, { email: NEW, locale: 'en' })
    outside.answer('/push/follows', 410)
    expect(await drainOutbox()).toMatchObject({ rerouted: 1, sent: 1 })
    expect(inbox.listMails(NEW)[0]?.subject).toContain('Please come in')

    await actAs(line.ownerId, 'LAST_CALL', id)
    await database.query(`UPDATE notices SET channel = 'PUSH' WHERE state = 'QUEUED'`)
    expect(await addDevice({ accountId: dinerId, sessionId: null, device })).toMatchObject({
      ok: true,
    })
    outside.answer('/push/follows', 201)
    await change(dinerId, { locale: 'ko' })
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    const content = JSON.parse(browser.read(outside.received.at(-1)?.body ?? Buffer.of()))
    expect(content).toMatchObject({ lang: 'ko' })
  })
})

describe('a restaurant’s Slack', () => {
  it('reads the diner’s name and its own language of now', async () => {
    const booked = await queueConfirmed(pool, { dinerName: '김하늘' })
    await database.query(
      `INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES ($1, $2, 'ko')`,
      [booked.restaurantId, `${outside.origin}/slack/follows`],
    )
    await queueCancelled(pool, booked.reservationId)
    await change(booked.accountId, { name: '박바다' })
    await database.query(`UPDATE slack_hooks SET locale = 'en'`)
    await makeAllDue(database)
    await drainOutbox()
    const message = String(outside.received[0]?.body)
    expect(message).toContain('The restaurant cancelled a booking')
    expect(message).toContain('박바다')
    expect(message).not.toContain('김하늘')
  })
})
