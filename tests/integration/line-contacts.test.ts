import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { takeTicket } from '@/domain/line/take.commands'
import { useDatabase } from '../support/database'
import { setUpDoor } from '../support/door-scene'
import {
  actAs,
  cancelOwn,
  findLineContradictions,
  joinLine,
  setUpLine,
  takeAs,
  undoAs,
} from '../support/line-scene'
import { setUpUnprotectedLine, takeOnceUnprotected } from '../support/unprotected-line'

const database = useDatabase()
beforeEach(() => database.truncateAll())

type Door = Awaited<ReturnType<typeof setUpDoor>>
type Contact = { email?: string; phone?: string }

const take = ({ restaurantId, token }: Door, contact: Contact | undefined, key = randomUUID()) =>
  takeTicket({
    restaurantId,
    taker: { by: 'kiosk', token },
    key,
    request: {
      partySize: 2,
      dining: 'IN_STORE',
      channel: 'KIOSK',
      contact: contact && { phone: contact.phone, email: contact.email },
    },
    address: null,
    locale: 'ko',
  })

const listMails = () =>
  database.query<{ kind: string; recipient: string }>(
    `SELECT kind, recipient FROM notices WHERE channel = 'MAIL' ORDER BY ordinal`,
  )
/** All that has happened to tickets happened that much earlier. */
async function letPass(minutes: number) {
  await database.query(
    `UPDATE tickets SET taken_at = taken_at - make_interval(mins => $1), ended_at = ended_at - make_interval(mins => $1)`,
    [minutes],
  )
  await database.query('UPDATE notices SET queued_at = queued_at - make_interval(mins => $1)', [
    minutes,
  ])
}

describe('G9: one active ticket a contact', () => {
  test.each<[string, Contact, Contact]>([
    ['the same address', { email: 'kim@bobjool.test' }, { email: 'kim@bobjool.test' }],
    [
      'another writing of the mailbox',
      { email: 'k.im@gmail.com' },
      { email: 'kim+2@googlemail.com' },
    ],
    ['the same number', { phone: '010-2222-3333' }, { phone: '+82 10 2222 3333' }],
    [
      'its number with another address',
      { phone: '01022223333' },
      { phone: '01022223333', email: 'b@bobjool.test' },
    ],
  ])('%s is told already-in-line, and nothing of the ticket', async (_, first, second) => {
    const door = await setUpDoor()
    expect(await take(door, first)).toMatchObject({ ok: true })
    expect(await take(door, second)).toEqual({ ok: false, reason: 'already-in-line', details: {} })
    expect(await database.query('SELECT 1 FROM tickets')).toHaveLength(1)
    expect(await findLineContradictions()).toEqual([])
  })

  test('a double tap of the same key gets its ticket, as before', async () => {
    const door = await setUpDoor()
    const key = randomUUID()
    const contact = { email: 'kim@bobjool.test' }
    const first = await take(door, contact, key)
    const again = await take(door, contact, key)
    expect(again).toMatchObject({ ok: true, value: { isNew: false } })
    expect(again.ok && again.value.ticket.number).toBe(first.ok && first.value.ticket.number)
  })

  test('another line, a ticket that is over, and guests without a contact are free', async () => {
    const [door, other] = [await setUpDoor(), await setUpDoor()]
    const contact = { email: 'kim@bobjool.test' }
    const first = await take(door, contact)
    expect(await take(other, contact)).toMatchObject({ ok: true })
    await actAs(door.ownerId, 'CANCEL', first.ok ? first.value.ticket.id : '')
    expect(await take(door, contact)).toMatchObject({ ok: true })
    expect(await take(door, undefined)).toMatchObject({ ok: true })
    expect(await take(door, undefined)).toMatchObject({ ok: true })
  })

  test('an undo that would bring back a second one is refused', async () => {
    const door = await setUpDoor()
    const contact = { email: 'kim@bobjool.test' }
    const first = await take(door, contact)
    const cancelled = await actAs(door.ownerId, 'CANCEL', first.ok ? first.value.ticket.id : '')
    await take(door, contact)
    const undone = await undoAs(door.ownerId, cancelled.ok ? cancelled.value.actId : '')
    expect(undone).toMatchObject({ reason: 'already-in-line' })
  })

  test('control: looked up and then written, two at once make two', async () => {
    await setUpUnprotectedLine()
    const contact = randomUUID()
    await takeOnceUnprotected(contact, 2)
    expect(await database.query('SELECT FROM unprotected_tickets')).toHaveLength(2)
  })

  test('ten at once of one contact make one ticket and one mail', async () => {
    const door = await setUpDoor()
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, index) => take(door, { email: `k.im+${index}@gmail.com` })),
    )
    expect(taken.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of taken)
      expect([true, 'already-in-line']).toContain(answer.ok || answer.reason)
    expect(await listMails()).toHaveLength(1)
    expect(await findLineContradictions()).toEqual([])
  })
})

describe('nobody writes through the tablet', () => {
  test('the link goes again to the contact of the ticket, after five minutes and three times at most', async () => {
    const door = await setUpDoor()
    await take(door, { email: 'k.im@gmail.com' })
    await take(door, { email: 'kim@gmail.com' })
    expect(await listMails()).toHaveLength(1)
    for (const sent of [2, 3, 4, 4]) {
      await letPass(6)
      await take(door, { email: 'kim@gmail.com' })
      const mails = await listMails()
      expect(mails).toHaveLength(sent)
      // The one that stands on the ticket, not the one that was typed.
      for (const mail of mails)
        expect(mail).toEqual({ kind: 'TICKET_TAKEN', recipient: 'k.im@gmail.com' })
    }
    expect(await findLineContradictions()).toEqual([])
  })

  test('sending a link again does not stand in the way of an undo', async () => {
    const door = await setUpDoor()
    const first = await take(door, { email: 'kim@bobjool.test' })
    const called = await actAs(door.ownerId, 'CALL', first.ok ? first.value.ticket.id : '')
    await letPass(6)
    await take(door, { email: 'kim@bobjool.test' })
    expect(await undoAs(door.ownerId, called.ok ? called.value.actId : '')).toMatchObject({
      ok: true,
    })
  })

  test.each<[string, (index: number) => Contact]>([
    ['mailbox, however it is written', (index) => ({ email: `k.im+${index}@gmail.com` })],
    ['number', () => ({ phone: '010-2222-3333' })],
  ])('a %s has four tickets an hour, at whichever restaurants', async (_, contactAt) => {
    for (let index = 0; index < 4; index += 1)
      expect(await take(await setUpDoor(), contactAt(index))).toMatchObject({ ok: true })
    await letPass(20)
    const door = await setUpDoor()
    const fifth = await take(door, contactAt(5))
    expect(fifth).toMatchObject({ ok: false, reason: 'line-too-often' })
    const waitMs = Number(!fifth.ok && fifth.details?.retryAfterMs)
    expect(waitMs).toBeGreaterThan(30 * 60_000)
    expect(waitMs).toBeLessThanOrEqual(40 * 60_000)
    expect(await take(door, { email: 'another@bobjool.test' })).toMatchObject({ ok: true })
    await letPass(41)
    expect(await take(door, contactAt(6))).toMatchObject({ ok: true })
  })
})

describe('taking and leaving a line over and over is slowed', () => {
  async function takeAndLeave(scene: { restaurantId: string }, dinerId: string) {
    const taken = await takeAs(dinerId, scene)
    if (!taken.ok) return taken
    await cancelOwn({ id: taken.value.ticket.id, dinerId })
    return taken
  }

  test('a second and a third try go through, the fourth waits, each time longer', async () => {
    const scene = await setUpLine()
    const { id, dinerId } = await joinLine(scene)
    await cancelOwn({ id, dinerId })
    expect(await takeAndLeave(scene, dinerId)).toMatchObject({ ok: true })
    expect(await takeAndLeave(scene, dinerId)).toMatchObject({ ok: true })
    const waitMsOf = async () => {
      const refused = await takeAs(dinerId, await setUpLine())
      expect(refused).toMatchObject({ ok: false, reason: 'line-too-often' })
      return Number(!refused.ok && refused.details?.retryAfterMs)
    }
    expect(await waitMsOf()).toBeLessThanOrEqual(5 * 60_000)
    await letPass(6)
    expect(await takeAndLeave(scene, dinerId)).toMatchObject({ ok: true })
    expect(await waitMsOf()).toBeGreaterThan(9 * 60_000)
    await letPass(61)
    expect(await takeAs(dinerId, scene)).toMatchObject({ ok: true })
  })

  test('being cancelled by the restaurant costs nothing, nor does asking for the ticket one has', async () => {
    const scene = await setUpLine()
    const { id, dinerId } = await joinLine(scene)
    await actAs(scene.ownerId, 'CANCEL', id)
    for (let tries = 0; tries < 4; tries += 1) {
      const taken = await takeAs(dinerId, scene)
      expect(taken).toMatchObject({ ok: true })
      await actAs(scene.ownerId, 'CANCEL', taken.ok ? taken.value.ticket.id : '')
    }
    await takeAs(dinerId, scene)
    for (let tries = 0; tries < 5; tries += 1)
      expect(await takeAs(dinerId, scene)).toMatchObject({ ok: true, value: { isNew: false } })
  })
})
