import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { forgetOverdue } from '@/domain/admin/retention.commands'
import { readWaiting } from '@/domain/line/waiting.queries'
import { drainOutbox } from '@/domain/notification/commands'
import { tryToWrite } from '@/domain/notification/slack.rules'
import { addGuestDevice, removeGuestDevice } from '@/domain/notification/subscription.commands'
import { readGuestDevices } from '@/domain/notification/subscription.queries'
import { readLink } from '@/lib/crypto/link-token'
import { closeMail } from '@/lib/mail/mail'
import { useDatabase } from '@/tests/support/database'
import { setUpDoor, takeAtDoor } from '@/tests/support/door-scene'
import { useInbox } from '@/tests/support/inbox'
import { actAs, joinLine } from '@/tests/support/line-scene'
import { makeAllDue } from '@/tests/support/notices'
import { useOutside } from '@/tests/support/outside'
import { letDaysPass } from '@/tests/support/passing-days'
import { makeBrowser } from '@/tests/support/push-message'

const database = useDatabase()
const inbox = useInbox()
const outside = useOutside()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  outside.clear()
})

let devices = 0
async function turnOn(ticketId: string) {
  const browser = makeBrowser()
  devices += 1
  const path = `/push/guest-${devices}`
  const device = { endpoint: `${outside.origin}${path}`, ...browser.keys }
  return { ...browser, path, device, added: await addGuestDevice({ ticketId, device }) }
}

/** A guest whose phone follows the ticket. */
async function setUp(contact?: { email: string }) {
  const door = await setUpDoor()
  const ticket = await takeAtDoor(door, contact)
  const phone = await turnOn(ticket.id)
  expect(phone.added).toMatchObject({ ok: true })
  await database.query('DELETE FROM notices')
  const call = async () => {
    expect(await actAs(door.ownerId, 'CALL', ticket.id)).toMatchObject({ ok: true })
    await makeAllDue(database)
  }
  return { door, ticket, phone, call }
}

const listRows = () =>
  database.query(
    `SELECT kind, channel, recipient, state::text AS state, routed_because AS why FROM notices ORDER BY ordinal`,
  )
const countDevices = async () => (await database.query('SELECT id FROM guest_devices')).length

describe('a guest without an address who follows the ticket on a phone', () => {
  it('is called by push, with the unguessable link', async () => {
    const { ticket, phone, call } = await setUp()
    await call()
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    const content = JSON.parse(phone.read(outside.received[0]?.body ?? Buffer.of()))
    expect(content).toMatchObject({ title: '지금 들어오세요', lang: 'ko' })
    const token = new URL(content.url).pathname.split('/').at(-1) ?? ''
    expect(readLink({ kind: 'ticket', token })).toBe(ticket.id)
    expect(await listRows()).toEqual([
      ...[{ kind: 'TICKET_CALLED', channel: 'PUSH', recipient: 'device', state: 'SENT' }].map(
        (row) => ({ ...row, why: 'chosen' }),
      ),
    ])
  })

  it('is tried again while the push service is busy: there is no mail address', async () => {
    const { phone, call } = await setUp()
    await call()
    outside.answer(phone.path, 503)
    for (let times = 0; times < 4; times += 1) {
      expect(await drainOutbox()).toMatchObject({ retry: 1, rerouted: 0 })
      await makeAllDue(database)
    }
    outside.answer(phone.path, 201)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails()).toEqual([])
  })

  it('can’t be reached once the phone is gone: the notice is dead with its reason, and the phone is forgotten', async () => {
    const { door, phone, call } = await setUp()
    await database.query(
      `INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES ($1, $2, 'ko')`,
      [door.restaurantId, `${outside.origin}/slack`],
    )
    await call()
    outside.answer(phone.path, 410)
    expect(await drainOutbox()).toMatchObject({ dead: 1, rerouted: 0 })
    expect(await countDevices()).toBe(0)
    expect(
      await database.query(`SELECT state, last_error FROM notices WHERE channel = 'PUSH'`),
    ).toEqual([{ state: 'DEAD', last_error: '410' }])
    const [trouble] = await database.query(`SELECT payload FROM notices WHERE channel = 'SLACK'`)
    expect(trouble).toMatchObject({ payload: { recipient: 'device', error: '410' } })
    expect(tryToWrite({ kind: 'DELIVERY_TROUBLE', payload: trouble?.payload }, 'ko')).toMatchObject(
      { lines: ['손님의 휴대폰: 410', expect.any(String)] },
    )
  })

  it('gets nothing once notices are turned off, not even queued ones', async () => {
    const { door, ticket, phone, call } = await setUp()
    await call()
    await removeGuestDevice({ ticketId: ticket.id, endpoint: phone.device.endpoint })
    expect(await actAs(door.ownerId, 'LAST_CALL', ticket.id)).toMatchObject({ ok: true })
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 0, dead: 0 })
    expect(await database.query('SELECT state, dropped_because FROM notices')).toEqual([
      { state: 'DROPPED', dropped_because: 'turned_off' },
    ])
  })

  it('is listed on the page, whatever characters its endpoint has', async () => {
    const { ticket } = await setUp()
    await database.query(`UPDATE guest_devices SET endpoint = 'https://fcm.googleapis.com/a\\b'`)
    expect((await readGuestDevices(ticket.id)).devices).toHaveLength(1)
  })

  it('counts as reachable; without the phone, staff see that they are not', async () => {
    const { door, ticket, phone } = await setUp()
    const canBeTold = async () => {
      const read = await readWaiting({ ...door, accountId: door.ownerId })
      return read.ok && read.value.tickets[0]?.canBeTold
    }
    expect(await canBeTold()).toBe(true)
    await removeGuestDevice({ ticketId: ticket.id, endpoint: phone.device.endpoint })
    expect(await canBeTold()).toBe(false)
  })
})

describe('a guest who left an address too', () => {
  it.each([
    ['takes it', 201, { sent: 2, rerouted: 0 }, 'SENT'],
    ['is busy', 503, { sent: 1, rerouted: 1 }, 'DROPPED'],
    ['is gone', 410, { sent: 1, rerouted: 1 }, 'DROPPED'],
  ])('is called by mail, once, and by a phone that %s', async (_, status, summary, state) => {
    const { phone, call } = await setUp({ email: 'guest@bobjool.test' })
    outside.answer(phone.path, status)
    await call()
    expect(await drainOutbox()).toMatchObject(summary)
    expect(inbox.listMails('guest@bobjool.test')).toHaveLength(1)
    expect(await listRows()).toMatchObject([
      { channel: 'PUSH', state },
      { channel: 'MAIL', state: 'SENT', why: 'no-account' },
    ])
  })
})

describe('a phone', () => {
  it('gets notices of its own ticket only', async () => {
    const { door } = await setUp()
    const other = await takeAtDoor(door)
    await actAs(door.ownerId, 'CALL', other.id)
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    expect(outside.received).toEqual([])
  })

  it('can’t follow an account’s ticket, one that is over, or from a place that sends no pushes', async () => {
    const { door, ticket } = await setUp()
    const owned = await joinLine(door)
    expect((await turnOn(owned.id)).added).toMatchObject({ reason: 'not-found' })
    const keys = makeBrowser().keys
    const device = { endpoint: 'https://10.0.0.1/push', ...keys }
    expect(await addGuestDevice({ ticketId: ticket.id, device })).toMatchObject({
      reason: 'push-endpoint',
    })
    await actAs(door.ownerId, 'CANCEL', ticket.id)
    expect((await turnOn(ticket.id)).added).toMatchObject({ reason: 'not-found' })
    expect(await countDevices()).toBe(1)
  })

  it('makes room when a fourth follows, and all are forgotten with their service date', async () => {
    const { ticket, phone } = await setUp()
    await database.query(`UPDATE guest_devices SET created_at = now() - interval '1 minute'`)
    for (let more = 0; more < 3; more += 1) await turnOn(ticket.id)
    expect(
      await database.query('SELECT FROM guest_devices WHERE endpoint = $1', [
        phone.device.endpoint,
      ]),
    ).toEqual([])
    expect(await countDevices()).toBe(3)
    await letDaysPass(database, 2)
    await forgetOverdue('guest-contacts')
    expect(await countDevices()).toBe(0)
  })
})
